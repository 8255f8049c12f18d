package io.rserpool.usrsctp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.rserpool.net.sctp.SctpOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;

/// What a new socket is told by socket options (RFC 6458 section 8), for all its associations.
final class Settings {

  private static final ValueLayout.OfShort NETWORK_SHORT =
      JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

  /// No more than these: the library sends some of the others while it frees an association, and
  /// then uses what it has freed.
  private static final List<Integer> EVENTS =
      List.of(Sctp.ASSOCIATION_CHANGE, Sctp.PEER_ADDRESS_CHANGE);

  /// The library hands a message over in pieces when half of this has come of it. All that is
  /// allowed comes whole, then, and only what is too long does not. Whole messages never wait in
  /// this buffer: they are taken at once.
  private static final int RECEIVE_BUFFER_MIN = 2 * (Association.MESSAGE_BYTES_MAX + (1 << 16));

  private static final int SACK_DELAY_MS_MAX = 200;
  private static final int SACK_FREQUENCY = 2;

  private final SocketFunctions functions;
  private final Platform platform;
  private final MemorySegment socket;
  private final Arena arena;
  private final MemorySegment errno;

  Settings(Library.Loaded library, MemorySegment socket, Arena arena) {
    functions = library.sockets();
    platform = library.platform();
    this.socket = socket;
    this.arena = arena;
    errno = Binding.allocateErrno(arena);
  }

  /// Sets everything.
  ///
  /// @param peerUdpPort UDP port of peers that are called
  /// @throws IOException if the library refuses anything
  void apply(SctpOptions options, int peerUdpPort) throws IOException {
    buffer("SO_SNDBUF", platform.sendBufferOption(), options.bufferBytes());
    int receiveBytes = Math.max(options.bufferBytes(), RECEIVE_BUFFER_MIN);
    buffer("SO_RCVBUF", platform.receiveBufferOption(), receiveBytes);
    set("SCTP_PARTIAL_DELIVERY_POINT", Sctp.PARTIAL_DELIVERY_POINT, ints(receiveBytes));
    // Nobody may abandon a message of which a part has been handed over.
    set("SCTP_PR_SUPPORTED", Sctp.PARTIAL_RELIABILITY, ints(Sctp.FUTURE_ASSOCIATIONS, 0));
    set("SCTP_NODELAY", Sctp.NODELAY, ints(1));
    set("SCTP_AUTOCLOSE", Sctp.AUTOCLOSE, ints(0));
    for (int event : EVENTS) {
      MemorySegment value = ints(Sctp.FUTURE_ASSOCIATIONS, 0);
      value.set(JAVA_SHORT, 4, (short) event);
      value.set(JAVA_BYTE, 6, (byte) 1);
      set("SCTP_EVENT", Sctp.EVENT, value);
    }
    timers(options);
    udpPort(peerUdpPort);
  }

  private void timers(SctpOptions options) throws IOException {
    int least = millis(options.rtoMin());
    int greatest = millis(options.rtoMax());
    int initial = Math.clamp(millis(options.rtoInitial()), least, greatest);
    set("SCTP_RTOINFO", Sctp.RTOINFO, ints(Sctp.FUTURE_ASSOCIATIONS, initial, greatest, least));

    MemorySegment association = ints(Sctp.FUTURE_ASSOCIATIONS, 0, 0, 0, 0);
    association.set(JAVA_SHORT, 16, (short) options.associationRetransmissions());
    set("SCTP_ASSOCINFO", Sctp.ASSOCINFO, association);

    MemorySegment init = arena.allocate(8, 4);
    init.set(JAVA_SHORT, 0, (short) options.streams());
    init.set(JAVA_SHORT, 2, (short) options.streams());
    init.set(JAVA_SHORT, 4, (short) options.initAttempts());
    init.set(JAVA_SHORT, 6, (short) greatest);
    set("SCTP_INITMSG", Sctp.INITMSG, init);

    MemorySegment paths = arena.allocate(152, 8);
    paths.set(JAVA_INT, 132, millis(options.heartbeat()));
    paths.set(JAVA_INT, 140, Sctp.HEARTBEAT_ENABLE);
    paths.set(JAVA_SHORT, 148, (short) options.pathRetransmissions());
    set("SCTP_PEER_ADDR_PARAMS", Sctp.PEER_ADDRESS_PARAMETERS, paths);

    // A peer whose least time-out is as short as ours must not take our delay for a loss.
    int delay = Math.clamp(least / 4, 1, SACK_DELAY_MS_MAX);
    set(
        "SCTP_DELAYED_SACK",
        Sctp.DELAYED_SACK,
        ints(Sctp.FUTURE_ASSOCIATIONS, delay, SACK_FREQUENCY));
  }

  private void udpPort(int port) throws IOException {
    set("SCTP_REMOTE_UDP_ENCAPS_PORT", Sctp.REMOTE_UDP_PORT, udpPort(arena, port));
  }

  /// The value of the option that says where associations are called from now on.
  static MemorySegment udpPort(Arena arena, int port) {
    MemorySegment value = arena.allocate(136, 8);
    fillUdpPort(value, port);
    return value;
  }

  static void fillUdpPort(MemorySegment value, int port) {
    value.set(NETWORK_SHORT, 132, (short) port);
  }

  static int readUdpPort(MemorySegment value) {
    return Short.toUnsignedInt(value.get(NETWORK_SHORT, 132));
  }

  private void buffer(String name, int option, int bytes) throws IOException {
    check(name, functions.setsockopt(errno, socket, platform.socketLevel(), option, ints(bytes)));
  }

  private void set(String name, int option, MemorySegment value) throws IOException {
    check(name, functions.setsockopt(errno, socket, Sctp.PROTOCOL, option, value));
  }

  private static void check(String name, int result) throws IOException {
    if (result < 0) {
      throw new IOException("libusrsctp refuses the setting " + name + " with error " + -result);
    }
  }

  private MemorySegment ints(int... values) {
    return arena.allocateFrom(JAVA_INT, values);
  }

  private static int millis(Duration duration) {
    return (int) Math.clamp(duration.toMillis(), 1, Short.MAX_VALUE * 100L);
  }
}
