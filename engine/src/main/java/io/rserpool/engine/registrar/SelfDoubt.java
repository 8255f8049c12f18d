package io.rserpool.engine.registrar;

/// Notices when this registrar itself was late, so that it does not mistake its own silence for
/// that
/// of others.
final class SelfDoubt {

  private final long latenessNs;
  private final long doubtNs;
  private final long notReadyNs;
  private final long doubtTimeNs;
  private long doubtUntilNs = Long.MIN_VALUE;

  SelfDoubt(RegistrarSettings settings) {
    this.latenessNs = settings.ns(RegistrarSetting.LATENESS);
    this.doubtNs = settings.ns(RegistrarSetting.SELF_DOUBT_LATENESS);
    this.notReadyNs = settings.ns(RegistrarSetting.NOT_READY_LATENESS);
    this.doubtTimeNs = settings.ns(RegistrarSetting.SELF_DOUBT_TIME);
  }

  /// Whether running questions have to begin again.
  boolean isLate(long lateNs) {
    return lateNs > latenessNs;
  }

  /// Whether the registrar was away for so long that others have acted without it.
  boolean wasAway(long lateNs) {
    return lateNs > notReadyNs;
  }

  /// Whether being so late is a reason to doubt.
  boolean isReason(long lateNs) {
    return lateNs >= doubtNs;
  }

  /// Begins a time without verdicts if the lateness asks for it.
  ///
  /// @return whether it begins now
  boolean begin(long nowNs, long lateNs) {
    if (!isReason(lateNs)) {
      return false;
    }
    boolean begins = !isActive(nowNs);
    doubtUntilNs = nowNs + doubtTimeNs;
    return begins;
  }

  /// Whether there are no verdicts now.
  boolean isActive(long nowNs) {
    return nowNs < doubtUntilNs;
  }

  long untilNs() {
    return doubtUntilNs;
  }
}
