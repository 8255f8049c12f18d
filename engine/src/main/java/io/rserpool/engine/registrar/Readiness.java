package io.rserpool.engine.registrar;

import java.util.function.BooleanSupplier;

/// What this registrar may say of pools. While it fetches the table it says nothing of any pool;
/// after its start without a mentor, and after having been away for long, it does not say that a pool
/// is unknown, since elements may be on their way back to it.
final class Readiness {

  private final long warmUpNs;
  private final BooleanSupplier serves;
  private long readyAtNs = Long.MIN_VALUE;

  /// @param hasTable whether the table is complete
  Readiness(RegistrarSettings settings, BooleanSupplier hasTable) {
    this.serves = settings.isOn(RegistrarSetting.SERVES_WHILE_STARTING) ? () -> true : hasTable;
    this.warmUpNs = settings.ns(RegistrarSetting.WARM_UP);
  }

  void warmUp(long nowNs) {
    readyAtNs = nowNs + warmUpNs;
  }

  /// A mentor has told what there is.
  void ready() {
    readyAtNs = Long.MIN_VALUE;
  }

  /// Whether it may name the elements of a pool.
  boolean isServing() {
    return serves.getAsBoolean();
  }

  /// Whether it may say that a pool is unknown.
  boolean isReady(long nowNs) {
    return isServing() && nowNs >= readyAtNs;
  }
}
