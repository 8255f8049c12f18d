package io.rserpool.usrsctp;

import io.rserpool.engine.Endpoint;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpStack;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SCTP within UDP by `libusrsctp`.
///
/// A process has one UDP port; the first socket decides it, unless
/// [SctpOptions#encapsulationPort] says which:
///
/// * A socket that listens at a given port needs the UDP port of the scope, at which peers are
///   called: [SctpOptions#UDP_PORT], or what the system property `rserpool.sctp.udpPort` says.
/// * One that listens at any port takes it if it can be had, for only peers to which it has told
///   that port can call it at all; if not, it can only call. At loopback addresses it leaves the
///   UDP port to somebody who is to be called.
/// * One that only calls takes any free UDP port; who is called learns it from the packets.
public final class UsrsctpStack implements SctpStack {

  private static final Logger LOG = LoggerFactory.getLogger(UsrsctpStack.class);
  private static final AtomicBoolean HAS_TOLD = new AtomicBoolean();

  private final Supplier<Library> library;
  private final int scopeUdpPort;

  /// Made by [java.util.ServiceLoader]. The library is loaded when it is needed for the first time: a
  /// program over TCP is not to hear of native code.
  public UsrsctpStack() {
    this(Library::current, scopeUdpPort(System.getProperty("rserpool.sctp.udpPort", "")));
  }

  /// @param scopeUdpPort where peers are called; 0 if this process needs none of its own for it
  UsrsctpStack(Library library, int scopeUdpPort) {
    this(() -> library, scopeUdpPort);
  }

  private UsrsctpStack(Supplier<Library> library, int scopeUdpPort) {
    this.library = library;
    this.scopeUdpPort = scopeUdpPort;
  }

  static int scopeUdpPort(String property) {
    try {
      int port = property.isEmpty() ? SctpOptions.UDP_PORT : Integer.parseInt(property);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    LOG.warn(
        "rserpool.sctp.udpPort: expected 1 to 65535, given '{}'; {} is used",
        property,
        SctpOptions.UDP_PORT);
    return SctpOptions.UDP_PORT;
  }

  @Override
  public Endpoint.Scheme scheme() {
    return Endpoint.Scheme.SCTP_UDP;
  }

  @Override
  public Optional<String> obstacle() {
    return switch (library.get()) {
      case Library.Loaded _ -> Optional.empty();
      case Library.Missing missing -> Optional.of(missing.obstacle());
    };
  }

  @Override
  public UsrsctpSocket open(SctpOptions options, SctpListener listener) throws IOException {
    return switch (library.get()) {
      case Library.Loaded loaded -> open(loaded, options, listener);
      case Library.Missing missing -> throw new IOException(missing.obstacle());
    };
  }

  private UsrsctpSocket open(Library.Loaded library, SctpOptions options, SctpListener listener)
      throws IOException {
    ProcessStack stack = library.stack();
    int udpPort = stack.acquire(wantedUdpPort(stack, options));
    int scope = options.encapsulationPort() != 0 ? options.encapsulationPort() : scopeUdpPort;
    int peers = scope == 0 ? SctpOptions.UDP_PORT : scope;
    Binder.OfUdp udpPorts = new Binder.OfUdp(udpPort, peers, scopeUdpPort == 0 ? 0 : scope);
    Arrivals arrivals = new Arrivals(library.platform());
    long number = Upcalls.enter(arrivals);
    boolean isOpen = false;
    try {
      Binder.Bound bound = bind(library, new Binder(library, options, udpPorts, number));
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

  private int wantedUdpPort(ProcessStack stack, SctpOptions options) {
    if (options.encapsulationPort() != 0) {
      return options.encapsulationPort();
    }
    if (!options.listens() || scopeUdpPort == 0) {
      return 0;
    }
    if (options.port() != 0) {
      return scopeUdpPort;
    }
    boolean isLocal =
        !options.addresses().isEmpty()
            && options.addresses().stream().allMatch(InetAddress::isLoopbackAddress);
    if (!isLocal && stack.isWithin(scopeUdpPort)) {
      return scopeUdpPort;
    }
    if (!stack.isRunning() && !HAS_TOLD.getAndSet(true)) {
      LOG.info(
          "this process has not got UDP port {}, and so can call over SCTP within UDP, but not be"
              + " called",
          scopeUdpPort);
    }
    return 0;
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
