package io.rserpool.sim.network;

/// How a link treats what it carries, in each direction.
///
/// @param delayNs one way, at least
/// @param jitterNs most of what is added to it, uniformly
/// @param spikeShare probability that a packet takes much longer
/// @param spikeNs most of what is added then, uniformly
/// @param loss probability that a packet is lost, independent of all others
/// @param repair what is done about it
/// @param retransmissionNs time-out of the first retransmission when nothing tells earlier; doubles
/// @param userTimeoutNs an association is given up when something sent is not acknowledged so long
/// @param connectTimeoutNs how long a call may take
public record LinkSettings(
    long delayNs,
    long jitterNs,
    double spikeShare,
    long spikeNs,
    double loss,
    Repair repair,
    long retransmissionNs,
    long userTimeoutNs,
    long connectTimeoutNs) {

  private static final long RETRANSMISSION_NS = 200_000_000;

  /// As in production: see the TCP options of `net`.
  private static final long TIMEOUT_NS = 5_000_000_000L;

  /// What is done about a lost packet.
  public enum Repair {
    /// As in today's transports: a later packet of the same direction reveals the loss as soon as
    /// it is acknowledged, else a time-out does; the order is kept.
    TRANSPORT,
    /// Nothing; each message stands for itself. This is what simple arithmetic assumes.
    NONE
  }

  public LinkSettings {
    boolean hasTimes = delayNs >= 0 && jitterNs >= 0 && spikeNs >= 0;
    boolean hasShares = loss >= 0 && loss < 1 && spikeShare >= 0 && spikeShare <= 1;
    boolean hasTimeouts = retransmissionNs > 0 && userTimeoutNs > 0 && connectTimeoutNs > 0;
    if (!hasTimes || !hasShares || !hasTimeouts) {
      throw new IllegalArgumentException(
          "a link has delays of 0 or more, shares from 0 to 1, a loss below 1 and time-outs above 0,"
              + " but this has %d, %d, %d ns, %s, %s and %d, %d, %d ns"
                  .formatted(
                      delayNs,
                      jitterNs,
                      spikeNs,
                      spikeShare,
                      loss,
                      retransmissionNs,
                      userTimeoutNs,
                      connectTimeoutNs));
    }
  }

  /// A link of today.
  public static LinkSettings repaired(long delayNs, double loss) {
    return of(delayNs, loss, Repair.TRANSPORT);
  }

  /// A link on which what is lost stays lost.
  public static LinkSettings unrepaired(long delayNs, double loss) {
    return of(delayNs, loss, Repair.NONE);
  }

  private static LinkSettings of(long delayNs, double loss, Repair repair) {
    return new LinkSettings(
        delayNs, 0, 0, 0, loss, repair, RETRANSMISSION_NS, TIMEOUT_NS, TIMEOUT_NS);
  }

  /// The same with delays that vary.
  public LinkSettings withJitter(long newJitterNs, double newSpikeShare, long newSpikeNs) {
    return new LinkSettings(
        delayNs,
        newJitterNs,
        newSpikeShare,
        newSpikeNs,
        loss,
        repair,
        retransmissionNs,
        userTimeoutNs,
        connectTimeoutNs);
  }

  /// The same with another loss.
  public LinkSettings withLoss(double newLoss) {
    return new LinkSettings(
        delayNs,
        jitterNs,
        spikeShare,
        spikeNs,
        newLoss,
        repair,
        retransmissionNs,
        userTimeoutNs,
        connectTimeoutNs);
  }

  /// The longest time that a packet takes which is not lost.
  public long delayMaxNs() {
    return delayNs + jitterNs + spikeNs;
  }
}
