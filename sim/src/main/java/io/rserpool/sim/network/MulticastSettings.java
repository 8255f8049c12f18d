package io.rserpool.sim.network;

import java.util.random.RandomGenerator;

/// What becomes of datagrams to the multicast group.
///
/// @param loss probability that one machine does not get one
/// @param doubling probability that it gets it twice
public record MulticastSettings(double loss, double doubling) {

  public MulticastSettings {
    if (!(loss >= 0 && doubling >= 0 && loss + doubling <= 1)) {
      throw new IllegalArgumentException(
          "shares are 0 or more and at most 1 together, but these are %s and %s"
              .formatted(loss, doubling));
    }
  }

  /// Everything arrives, once.
  public static MulticastSettings perfect() {
    return new MulticastSettings(0, 0);
  }

  /// How often one machine gets one datagram.
  int copies(RandomGenerator random) {
    if (loss + doubling == 0) {
      return 1;
    }
    double draw = random.nextDouble();
    return draw < loss ? 0 : draw < loss + doubling ? 2 : 1;
  }
}
