package io.rserpool.engine.registrar;

/// A rate limit that lets bursts pass.
final class TokenBucket {

  private static final double NS_PER_S = 1e9;

  private final double perSecond;
  private final double burst;
  private double tokens;
  private long filledNs;

  TokenBucket(double perSecond, double burst, long nowNs) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
    this.filledNs = nowNs;
  }

  /// Takes one token, if there is one.
  boolean take(long nowNs) {
    tokens = Math.min(burst, tokens + (nowNs - filledNs) / NS_PER_S * perSecond);
    filledNs = nowNs;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
