package io.rserpool.net.gate;

/// Limits a rate: so many in a burst, so many each second in the long run.
public final class TokenBucket {

  private static final double NS_PER_SECOND = 1e9;

  private final double perNs;
  private final int burst;
  private double tokens;
  private long filledAtNs;

  /// A full bucket.
  public TokenBucket(long nowNs, int perSecond, int burst) {
    this.perNs = perSecond / NS_PER_SECOND;
    this.burst = burst;
    this.tokens = burst;
    this.filledAtNs = nowNs;
  }

  /// Takes a token if there is one.
  public boolean take(long nowNs) {
    tokens = Math.min(burst, tokens + (nowNs - filledAtNs) * perNs);
    filledAtNs = nowNs;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
