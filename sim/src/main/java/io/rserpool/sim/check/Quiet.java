package io.rserpool.sim.check;

/// Since when somebody is left in peace by faults.
public final class Quiet {

  private int faults;
  private long sinceNs;

  /// In peace since time 0.
  public Quiet() {}

  /// A fault that lasts begins.
  public void begins() {
    faults++;
  }

  /// A fault that lasted ends.
  public void ends(long nowNs) {
    faults--;
    touched(nowNs);
  }

  /// A fault that takes no time.
  public void touched(long nowNs) {
    sinceNs = Math.max(sinceNs, nowNs);
  }

  /// Whether a fault lasts.
  public boolean isDisturbed() {
    return faults > 0;
  }

  /// When the latest fault ended, if none lasts.
  public long sinceNs() {
    return sinceNs;
  }

  /// Whether there was peace for so long.
  public boolean isFor(long nowNs, long ns) {
    return faults == 0 && nowNs - sinceNs >= ns;
  }

  /// Whether there was peace from a time until now.
  public boolean isSince(long timeNs) {
    return faults == 0 && sinceNs <= timeNs;
  }
}
