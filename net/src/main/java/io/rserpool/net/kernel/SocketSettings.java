package io.rserpool.net.kernel;

import io.rserpool.net.sctp.SctpOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What is set on a socket, and inherited by its associations, as the kernel's structures of RFC 6458
/// section 8.1 have it.
final class SocketSettings {

  /// One option of level SCTP.
  record Setting(String name, int code, byte[] value) {

    @Override
    public String toString() {
      return name;
    }
  }

  /// A peer that acknowledges later than this would be asked again for nothing (RFC 9260 section 6.2
  /// has at most 200 ms).
  private static final long SACK_DELAY_MS_MAX = 200;

  private static final int HEARTBEAT_ON = 1;
  private static final int SACK_DELAY_ON = 32;

  private SocketSettings() {}

  static List<Setting> of(SctpOptions options) {
    List<Setting> settings = new ArrayList<>();
    settings.add(new Setting("SCTP_RTOINFO", 0, timeOuts(options)));
    settings.add(new Setting("SCTP_ASSOCINFO", 1, association(options)));
    settings.add(new Setting("SCTP_INITMSG", 2, call(options)));
    settings.add(new Setting("SCTP_PEER_ADDR_PARAMS", 9, paths(options)));
    settings.add(new Setting("SCTP_EVENTS", 11, events()));
    if (options.encapsulationPort() != 0) {
      settings.add(new Setting("SCTP_REMOTE_UDP_ENCAPS_PORT", 36, encapsulation(options)));
    }
    return List.copyOf(settings);
  }

  ///     struct sctp_rtoinfo   0 association   4 initial   8 greatest   12 least, in milliseconds
  private static byte[] timeOuts(SctpOptions options) {
    return structure(16)
        .putInt(4, milliseconds(options.rtoInitial()))
        .putInt(8, milliseconds(options.rtoMax()))
        .putInt(12, milliseconds(options.rtoMin()))
        .array();
  }

  ///     struct sctp_assocparams   0 association   4 retransmissions   6 ...   16 life of a cookie
  private static byte[] association(SctpOptions options) {
    return structure(20).putShort(4, (short) options.associationRetransmissions()).array();
  }

  ///     struct sctp_initmsg   0 outgoing streams   2 incoming   4 attempts   6 greatest time-out
  private static byte[] call(SctpOptions options) {
    return structure(8)
        .putShort(0, (short) options.streams())
        .putShort(2, (short) options.streams())
        .putShort(4, (short) options.initAttempts())
        .putShort(6, (short) Math.min(0xffff, milliseconds(options.rtoMax())))
        .array();
  }

  /// Packed, so the numbers behind the retransmissions are not aligned. No address: all paths.
  ///
  ///     struct sctp_paddrparams   0 association   4 address   132 heartbeat   136 retransmissions
  ///                               138 MTU   142 delay of acknowledgements   146 flags   150 ...
  private static byte[] paths(SctpOptions options) {
    long delay = Math.clamp(options.rtoMin().toMillis() / 2, 1, SACK_DELAY_MS_MAX);
    return structure(156)
        .putInt(132, milliseconds(options.heartbeat()))
        .putShort(136, (short) options.pathRetransmissions())
        .putInt(142, (int) delay)
        .putInt(146, HEARTBEAT_ON | SACK_DELAY_ON)
        .array();
  }

  /// Data, associations, addresses, ... , shutdown; not messages that could not be sent, since
  /// `jdk.sctp` never frees the memory that it copies them to.
  private static byte[] events() {
    return new byte[] {1, 1, 1, 0, 0, 1};
  }

  /// Where the peers' UDP port is (RFC 6951); the own one belongs to the whole system, `net.sctp.udp_port`.
  ///
  ///     struct sctp_udpencaps   0 association   8 address   136 port, in network order
  private static byte[] encapsulation(SctpOptions options) {
    return structure(144)
        .order(ByteOrder.BIG_ENDIAN)
        .putShort(136, (short) options.encapsulationPort())
        .array();
  }

  private static ByteBuffer structure(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
  }

  private static int milliseconds(Duration duration) {
    return Math.clamp(duration.toMillis(), 1, Integer.MAX_VALUE);
  }
}
