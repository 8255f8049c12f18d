package io.rserpool.sim;

/// A trace of which only a number remains: two runs with the same number have had the same trace.
public final class TraceHash extends Trace {

  private static final long FNV_BASIS = 0xcbf2_9ce4_8422_2325L;
  private static final long FNV_PRIME = 0x0000_0100_0000_01b3L;

  private long hash = FNV_BASIS;
  private long lines;

  /// The hash of no lines.
  public TraceHash() {}

  @Override
  public void line(long atNs, String who, String kind, String what) {
    add(atNs);
    add(who);
    add(kind);
    add(what);
    lines++;
  }

  /// The hash of all lines so far (FNV-1a, 64 bits).
  public long value() {
    return hash;
  }

  /// How many lines there were.
  public long lines() {
    return lines;
  }

  private void add(String text) {
    for (int i = 0; i < text.length(); i++) {
      add((long) text.charAt(i));
    }
    add(-1);
  }

  private void add(long value) {
    hash = (hash ^ value) * FNV_PRIME;
  }
}
