package io.rserpool.sim.network;

/// How a link treats what it carries.
///
/// @param delayNs one way
/// @param loss probability that a packet is lost, independent of all others
/// @param repair what is done about it
/// @param retransmissionNs time-out of the first retransmission when nothing tells earlier; doubles
public record LinkSettings(long delayNs, double loss, Repair repair, long retransmissionNs) {

  private static final long RETRANSMISSION_NS = 200_000_000;

  /// What is done about a lost packet.
  public enum Repair {
    /// As in today's transports: a later packet of the same direction reveals the loss as soon as
    /// it
    /// is acknowledged, else a time-out does; the order is kept.
    TRANSPORT,
    /// Nothing; each message stands for itself. This is what simple arithmetic assumes.
    NONE
  }

  public LinkSettings {
    if (delayNs < 0 || retransmissionNs <= 0 || !(loss >= 0 && loss < 1)) {
      throw new IllegalArgumentException(
          "a link has a delay of 0 or more, a loss from 0 to below 1 and a time-out above 0, but this"
              + " has %d ns, %s and %d ns".formatted(delayNs, loss, retransmissionNs));
    }
  }

  /// A link of today.
  public static LinkSettings repaired(long delayNs, double loss) {
    return new LinkSettings(delayNs, loss, Repair.TRANSPORT, RETRANSMISSION_NS);
  }

  /// A link on which what is lost stays lost.
  public static LinkSettings unrepaired(long delayNs, double loss) {
    return new LinkSettings(delayNs, loss, Repair.NONE, RETRANSMISSION_NS);
  }
}
