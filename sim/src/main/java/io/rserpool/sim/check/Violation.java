package io.rserpool.sim.check;

/// An invariant does not hold.
///
/// @param invariant its name
/// @param atNs when it was seen
/// @param process who was looked at
/// @param expected what should be
/// @param seen what is
public record Violation(String invariant, long atNs, String process, String expected, String seen) {

  private static final double NS_PER_S = 1e9;

  @Override
  public String toString() {
    return "%s at %.9f s, %s: expected %s, seen %s"
        .formatted(invariant, atNs / NS_PER_S, process, expected, seen);
  }
}
