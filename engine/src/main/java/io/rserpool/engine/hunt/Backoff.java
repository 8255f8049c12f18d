package io.rserpool.engine.hunt;

/// A waiting time that doubles with each failure up to a limit, as RFC 5352 has it for T5 and, by
/// its
/// section 7.3, for the registration timer.
public final class Backoff {

  private final long initialNs;
  private final long maxNs;
  private long currentNs;

  /// A back-off that starts at `initialNs`; without doubling it stays there.
  public Backoff(long initialNs, long maxNs, boolean doubling) {
    this.initialNs = initialNs;
    this.maxNs = doubling ? Math.max(initialNs, maxNs) : initialNs;
    currentNs = initialNs;
  }

  /// The present waiting time.
  public long currentNs() {
    return currentNs;
  }

  /// An attempt failed: wait longer next time.
  public void failed() {
    currentNs = Math.min(2 * currentNs, maxNs);
  }

  /// An attempt succeeded.
  public void reset() {
    currentNs = initialNs;
  }

  /// How long a number of attempts takes that all fail.
  public long totalNs(int attempts) {
    long totalNs = 0;
    long nextNs = initialNs;
    for (int i = 0; i < attempts; i++) {
      totalNs += nextNs;
      nextNs = Math.min(2 * nextNs, maxNs);
    }
    return totalNs;
  }
}
