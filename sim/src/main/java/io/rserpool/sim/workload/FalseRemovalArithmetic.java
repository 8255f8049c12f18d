package io.rserpool.sim.workload;

/// How many living elements a registrar removes by mistake, by arithmetic: a keep-alive and all its
/// probes have to be lost, each in one direction or the other, independently.
///
/// A transport that keeps the order does not quite grant that independence: an answer also waits
/// for
/// the retransmission of what was lost before it, which can be lost itself. Measured over repaired
/// links
/// there are 15 times as many removals at 10 % loss, 20 times at 5 %, 30 times at 3 %.
///
/// @param loss probability that a packet is lost
/// @param probes after a keep-alive
/// @param intervalNs between two keep-alives
public record FalseRemovalArithmetic(double loss, int probes, long intervalNs) {

  private static final double NS_PER_YEAR = 365.25 * 86_400e9;

  /// The probability that an exchange of a message and its answer fails.
  public double exchangeFailure() {
    return 1 - (1 - loss) * (1 - loss);
  }

  /// The probability that an element is removed after one keep-alive.
  public double perKeepAlive() {
    return Math.pow(exchangeFailure(), probes + 1.0);
  }

  /// The removals to be expected in so many element-years.
  public double removals(double elementYears) {
    return elementYears * NS_PER_YEAR / intervalNs * perKeepAlive();
  }

  /// So many element-years in nanoseconds of one element.
  public static double ns(double elementYears) {
    return elementYears * NS_PER_YEAR;
  }
}
