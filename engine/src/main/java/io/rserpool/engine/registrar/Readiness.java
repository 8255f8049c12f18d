package io.rserpool.engine.registrar;

/// Whether this registrar may say that a pool is unknown. After its start, and after having been
/// away
/// for long, the elements of a registrar without peers may be on their way back to it.
final class Readiness {

  private final long warmUpNs;
  private long readyAtNs = Long.MIN_VALUE;

  Readiness(RegistrarSettings settings) {
    this.warmUpNs = settings.ns(RegistrarSetting.WARM_UP);
  }

  void warmUp(long nowNs) {
    readyAtNs = nowNs + warmUpNs;
  }

  boolean isReady(long nowNs) {
    return nowNs >= readyAtNs;
  }
}
