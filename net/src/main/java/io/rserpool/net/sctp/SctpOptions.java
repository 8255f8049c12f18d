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

  private static final Duration TIME_MIN = Duration.ofMillis(10);
  private static final Duration TIME_MAX = Duration.ofHours(1);
  private static final int RETRANSMISSIONS_MAX = 100;

  public SctpOptions {
    addresses = List.copyOf(addresses);
    if (port < 0 || port > 65_535 || encapsulationPort < 0 || encapsulationPort > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535");
    }
    if (streams < 1 || streams > 65_535) {
      throw new IllegalArgumentException("1 to 65535 streams, but this is " + streams);
    }
    requireTime("heartbeat", heartbeat);
    requireTime("rto-initial", rtoInitial);
    requireTime("rto-min", rtoMin);
    requireTime("rto-max", rtoMax);
    if (rtoMin.compareTo(rtoMax) > 0) {
      throw new IllegalArgumentException(
          "rto-min is at most rto-max, but %d ms > %d ms"
              .formatted(rtoMin.toMillis(), rtoMax.toMillis()));
    }
    requireCount("path-retransmissions", pathRetransmissions);
    requireCount("association-retransmissions", associationRetransmissions);
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

  /// All of it, to be changed.
  public Builder toBuilder() {
    return new Builder(this);
  }

  private static void requireTime(String name, Duration time) {
    if (time.compareTo(TIME_MIN) < 0 || time.compareTo(TIME_MAX) > 0) {
      throw new IllegalArgumentException(
          "%s is 10 ms to 1 h, but this is %d ms".formatted(name, time.toMillis()));
    }
  }

  private static void requireCount(String name, int count) {
    if (count < 0 || count > RETRANSMISSIONS_MAX) {
      throw new IllegalArgumentException(
          "%s is 0 to %d, but this is %d".formatted(name, RETRANSMISSIONS_MAX, count));
    }
  }

  /// Collects other timers. For one thread.
  public static final class Builder {
    private final SctpOptions from;
    private Duration heartbeat;
    private Duration rtoInitial;
    private Duration rtoMin;
    private Duration rtoMax;
    private int pathRetransmissions;
    private int associationRetransmissions;

    private Builder(SctpOptions from) {
      this.from = from;
      heartbeat = from.heartbeat;
      rtoInitial = from.rtoInitial;
      rtoMin = from.rtoMin;
      rtoMax = from.rtoMax;
      pathRetransmissions = from.pathRetransmissions;
      associationRetransmissions = from.associationRetransmissions;
    }

    /// How often idle paths are tried.
    public Builder heartbeat(Duration newHeartbeat) {
      heartbeat = newHeartbeat;
      return this;
    }

    /// The retransmission time-out before anything is measured.
    public Builder rtoInitial(Duration newRtoInitial) {
      rtoInitial = newRtoInitial;
      return this;
    }

    /// The least retransmission time-out.
    public Builder rtoMin(Duration newRtoMin) {
      rtoMin = newRtoMin;
      return this;
    }

    /// The greatest retransmission time-out.
    public Builder rtoMax(Duration newRtoMax) {
      rtoMax = newRtoMax;
      return this;
    }

    /// Retransmissions after which a path counts as failed.
    public Builder pathRetransmissions(int newPathRetransmissions) {
      pathRetransmissions = newPathRetransmissions;
      return this;
    }

    /// Retransmissions after which the association is given up.
    public Builder associationRetransmissions(int newAssociationRetransmissions) {
      associationRetransmissions = newAssociationRetransmissions;
      return this;
    }

    /// The options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public SctpOptions build() {
      return new SctpOptions(
          from.addresses,
          from.port,
          from.listens,
          from.streams,
          heartbeat,
          rtoInitial,
          rtoMin,
          rtoMax,
          pathRetransmissions,
          associationRetransmissions,
          from.initAttempts,
          from.bufferBytes,
          from.encapsulationPort);
    }
  }
}
