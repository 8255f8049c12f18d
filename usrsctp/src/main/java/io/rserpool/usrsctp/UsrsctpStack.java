package io.rserpool.usrsctp;

import io.rserpool.engine.Endpoint;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpStack;
import java.io.IOException;
import java.util.Optional;

/// SCTP within UDP by `libusrsctp`.
///
/// A process has one UDP port: the first socket decides it. A socket that asks for none
/// ([SctpOptions#encapsulationPort] is 0) takes what the process has, or else any free one, and
/// calls peers at [SctpOptions#UDP_PORT].
public final class UsrsctpStack implements SctpStack {

  private final Library library;

  /// Made by [java.util.ServiceLoader].
  public UsrsctpStack() {
    this(Library.current());
  }

  UsrsctpStack(Library library) {
    this.library = library;
  }

  @Override
  public Endpoint.Scheme scheme() {
    return Endpoint.Scheme.SCTP_UDP;
  }

  @Override
  public Optional<String> obstacle() {
    return switch (library) {
      case Library.Loaded _ -> Optional.empty();
      case Library.Missing missing -> Optional.of(missing.obstacle());
    };
  }

  @Override
  public UsrsctpSocket open(SctpOptions options, SctpListener listener) throws IOException {
    return switch (library) {
      case Library.Loaded loaded -> open(loaded, options, listener);
      case Library.Missing missing -> throw new IOException(missing.obstacle());
    };
  }

  private static UsrsctpSocket open(
      Library.Loaded library, SctpOptions options, SctpListener listener) throws IOException {
    ProcessStack stack = library.stack();
    int udpPort = stack.acquire(options.encapsulationPort());
    Arrivals arrivals = new Arrivals(library.platform());
    long number = Upcalls.enter(arrivals);
    boolean isOpen = false;
    try {
      Binder.Bound bound = bind(library, new Binder(library, options, udpPort, number));
      UsrsctpSocket socket = new UsrsctpSocket(library, bound, arrivals, number, listener);
      socket.start();
      isOpen = true;
      return socket;
    } finally {
      if (!isOpen) {
        Upcalls.remove(number);
        stack.closing();
        stack.release();
      }
    }
  }

  /// The port may be that of a socket which is just being closed.
  private static Binder.Bound bind(Library.Loaded library, Binder binder) throws IOException {
    boolean isClosing = library.stack().isClosing();
    try {
      return binder.bind();
    } catch (IOException e) {
      if (!isClosing) {
        throw e;
      }
      library.stack().awaitClosings();
      return binder.bind();
    }
  }
}
