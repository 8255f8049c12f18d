package io.rserpool.bench.replication;

import java.util.Locale;

/// Messages and their bytes.
///
/// @param messages how many
/// @param bytes of all of them
record Cost(double messages, double bytes) {

  static final Cost NOTHING = new Cost(0, 0);

  private static final double HALF_A_TENTH = 0.05;

  Cost plus(Cost other) {
    return new Cost(messages + other.messages, bytes + other.bytes);
  }

  Cost minus(Cost other) {
    return new Cost(messages - other.messages, bytes - other.bytes);
  }

  Cost dividedBy(double count) {
    return new Cost(messages / count, bytes / count);
  }

  /// `9 / 756`, with a decimal only where there is one.
  @Override
  public String toString() {
    boolean isWhole = Math.abs(messages - Math.rint(messages)) < HALF_A_TENTH;
    return String.format(Locale.ROOT, isWhole ? "%.0f / %.0f" : "%.1f / %.0f", messages, bytes);
  }
}
