package io.rserpool.net.sctp;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// How a socket is bound, and how quickly it notices that a path has failed.
///
/// A path is given up after `pathRetransmissions` + 1 time-outs without an acknowledgement, each of
/// which is at most twice as long as the one before and at least `rtoMin`; heartbeats try idle paths.
///
/// @param addresses own addresses to use; none for all
/// @param port 0 for any free port
/// @param listens whether peers may open associations
/// @param streams outgoing and incoming streams asked for; at least 1
/// @param heartbeat interval on idle paths, between 10 ms and 1 h
/// @param rtoInitial retransmission time-out before anything is measured
/// @param rtoMin least retransmission time-out
/// @param rtoMax greatest retransmission time-out
/// @param pathRetransmissions retransmissions after which a path counts as failed
/// @param associationRetransmissions retransmissions after which the association is given up
/// @param initAttempts how often a call is repeated
/// @param bufferBytes of the send buffer and of the receive buffer of each association
/// @param encapsulationPort UDP port of RFC 6951, own and of peers unless an address says otherwise; 0
///     without UDP
public record SctpOptions(
    List<InetAddress> addresses,
    int port,
    boolean listens,
    int streams,
    Duration heartbeat,
    Duration rtoInitial,
    Duration rtoMin,
    Duration rtoMax,
    int pathRetransmissions,
    int associationRetransmissions,
    int initAttempts,
    int bufferBytes,
    int encapsulationPort) {

  /// The port that IANA has given to SCTP within UDP.
  public static final int UDP_PORT = 9899;

  public SctpOptions {
    addresses = List.copyOf(addresses);
    if (port < 0 || port > 65_535 || encapsulationPort < 0 || encapsulationPort > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535");
    }
    if (streams < 1 || streams > 65_535) {
      throw new IllegalArgumentException("1 to 65535 streams, but this is " + streams);
    }
    if (rtoMin.isNegative() || rtoMin.compareTo(rtoMax) > 0) {
      throw new IllegalArgumentException(
          "the least time-out is not above the greatest, but " + rtoMin + " > " + rtoMax);
    }
  }

  /// Bound to all addresses and any free port, with time-outs by which a failed path is hidden from
  /// keep-alives that give up after a quarter of a second, on networks with round trips below 40 ms:
  /// what gets lost on it is sent again on another path some 50 ms later. A silent peer is given up
  /// within four seconds.
  public static SctpOptions defaults() {
    return new SctpOptions(
        List.of(),
        0,
        false,
        2,
        Duration.ofSeconds(1),
        Duration.ofMillis(200),
        Duration.ofMillis(50),
        Duration.ofSeconds(1),
        2,
        6,
        4,
        1 << 20,
        0);
  }

  /// The same at another place.
  public SctpOptions at(List<InetAddress> newAddresses, int newPort, boolean newListens) {
    return new SctpOptions(
        newAddresses,
        newPort,
        newListens,
        streams,
        heartbeat,
        rtoInitial,
        rtoMin,
        rtoMax,
        pathRetransmissions,
        associationRetransmissions,
        initAttempts,
        bufferBytes,
        encapsulationPort);
  }

  /// The same within UDP.
  public SctpOptions withEncapsulationPort(int newPort) {
    return new SctpOptions(
        addresses,
        port,
        listens,
        streams,
        heartbeat,
        rtoInitial,
        rtoMin,
        rtoMax,
        pathRetransmissions,
        associationRetransmissions,
        initAttempts,
        bufferBytes,
        newPort);
  }
}
