package io.rserpool.engine.policy;

import static io.rserpool.protocol.Policy.FULL;

/// Arithmetic of loads and weights: unsigned 32-bit numbers that stop at 0 and at 100 % instead of
/// wrapping (RFC 5356 section 3.1).
final class Loads {

  private Loads() {}

  /// The sum, at most 100 %.
  static long sum(long load, long other) {
    return Math.min(FULL, load + other);
  }

  /// The product, at most 100 %; also for degradations and selections without end.
  static long times(long load, long factor) {
    return load != 0 && factor > FULL / load ? FULL : load * factor;
  }

  /// What is left of 100 %, and at least `min`.
  static long left(long load, long min) {
    return Math.max(FULL - load, min);
  }

  /// The weight less its share for each millisecond of distance, rounded; 1 where that is negative
  /// (delay draft).
  static long distant(long weight, long weightDpf, long distance) {
    if (weight == 0 || weightDpf == 0 || distance == 0) {
      return weight;
    }
    if (distance > FULL / weightDpf) {
      return 1;
    }
    long loss = Long.divideUnsigned(weight * (weightDpf * distance) + FULL / 2, FULL);
    return weight - loss;
  }
}
