package io.rserpool.usrsctp;

import io.rserpool.net.sctp.SctpOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;

/// Makes and binds a socket of the library.
final class Binder {

  /// A peer's delay of acknowledgements as most have it. With a time-out of our own that may be
  /// shorter, peers are asked not to wait.
  private static final Duration SACK_DELAY = Duration.ofMillis(200);

  private final Library.Loaded library;
  private final SctpOptions options;
  private final OfUdp udpPorts;
  private final long number;

  /// UDP ports.
  ///
  /// @param own that of the process
  /// @param peers where peers are called
  /// @param scope that of all who can be called; 0 if nobody knows
  record OfUdp(int own, int peers, int scope) {}

  /// A socket that is ready.
  ///
  /// @param udpPort the own one
  /// @param peerUdpPort that of peers, unless a call says otherwise
  /// @param scopeUdpPort that of all who can be called; 0 if nobody knows
  /// @param sendFlags given with each message that goes alone
  record Bound(
      NativeSocket socket,
      List<InetAddress> addresses,
      int port,
      int udpPort,
      int peerUdpPort,
      int scopeUdpPort,
      int bufferBytes,
      int sendFlags) {

    /// A message must fit into the send buffer.
    int messageBytesMax() {
      return Math.min(bufferBytes, Association.MESSAGE_BYTES_MAX);
    }
  }

  /// @param number under which [Upcalls] finds the socket's arrivals
  Binder(Library.Loaded library, SctpOptions options, OfUdp udpPorts, long number) {
    this.library = library;
    this.options = options;
    this.udpPorts = udpPorts;
    this.number = number;
  }

  /// @throws IOException if the addresses or the port cannot be had
  Bound bind() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = Binding.allocateErrno(arena);
      boolean isV6 = needsV6();
      int family = isV6 ? library.platform().inet6Family() : Platform.INET_FAMILY;
      MemorySegment socket = library.sockets().socket(errno, family, Upcalls.receive(), number);
      if (socket.address() == 0) {
        throw new IOException(
            "libusrsctp gives no socket: " + library.errorText(Binding.error(errno)));
      }
      NativeSocket opened = new NativeSocket(library, socket, options.bufferBytes());
      try {
        return bind(opened, socket, isV6, arena);
      } catch (IOException e) {
        opened.close();
        opened.complete();
        throw e;
      }
    }
  }

  private Bound bind(NativeSocket opened, MemorySegment socket, boolean isV6, Arena arena)
      throws IOException {
    MemorySegment errno = Binding.allocateErrno(arena);
    check(library.sockets().setNonBlocking(errno, socket), "cannot be made non-blocking");
    check(
        library.sockets().setUpcall(errno, socket, Upcalls.ring(), number),
        "cannot be listened to");
    new Settings(library, socket, arena).apply(options, udpPorts.peers());
    bindToPort(socket, isV6, arena, errno);
    if (options.listens()) {
      check(library.sockets().listen(errno, socket, 1), "cannot listen");
    }
    boolean isQuick = options.rtoMin().compareTo(SACK_DELAY) <= 0;
    return new Bound(
        opened,
        options.addresses().isEmpty() ? opened.locals(0) : options.addresses(),
        opened.port(),
        udpPorts.own(),
        udpPorts.peers(),
        udpPorts.scope(),
        options.bufferBytes(),
        isQuick ? Sctp.SEND_SACK_IMMEDIATELY : 0);
  }

  /// Any free port is, if possible, the one with the number of the process's UDP port: then no two
  /// processes of a machine have the same one by chance, which to a third would look as if one
  /// process had started again.
  private void bindToPort(MemorySegment socket, boolean isV6, Arena arena, MemorySegment errno)
      throws IOException {
    int port = options.port() == 0 ? udpPorts.own() : options.port();
    int result = bindTo(socket, port, isV6, arena, errno);
    if (result == -library.platform().addressInUseError() && options.port() == 0) {
      result = bindTo(socket, 0, isV6, arena, errno);
    }
    check(
        result,
        "cannot be bound to port "
            + options.port()
            + (options.addresses().isEmpty() ? "" : " of " + options.addresses()));
  }

  private int bindTo(MemorySegment socket, int port, boolean isV6, Arena arena, MemorySegment errno)
      throws IOException {
    Sockaddrs addresses = new Sockaddrs(library.platform());
    if (options.addresses().isEmpty()) {
      MemorySegment any = addresses.encode(arena, List.of(wildcard(isV6)), port);
      return library.sockets().bind(errno, socket, any);
    }
    MemorySegment packed = addresses.encode(arena, options.addresses(), port);
    return library.sockets().bindx(errno, socket, packed, options.addresses().size());
  }

  /// A socket of IPv6 does IPv4 as well.
  private boolean needsV6() throws IOException {
    if (!options.addresses().isEmpty()) {
      return options.addresses().stream().anyMatch(Inet6Address.class::isInstance);
    }
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(Inet6Address.class::isInstance);
  }

  private static InetAddress wildcard(boolean isV6) throws IOException {
    return InetAddress.getByAddress(new byte[isV6 ? 16 : 4]);
  }

  private void check(int result, String what) throws IOException {
    if (result < 0) {
      throw new IOException(
          "a socket of SCTP within UDP " + what + ": " + library.errorText(-result));
    }
  }
}
