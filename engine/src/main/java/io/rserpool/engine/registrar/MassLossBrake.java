package io.rserpool.engine.registrar;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Notices that so many elements are silent at once that the trouble is rather in between, and
/// holds
/// the verdicts back for a while.
final class MassLossBrake {

  private final int elements;
  private final double share;
  private final long verdictNs;
  private final long gapNs;
  private final SequencedSet<Registration> missing = new LinkedHashSet<>();
  private boolean on;

  MassLossBrake(RegistrarSettings settings) {
    this.elements = settings.count(RegistrarSetting.BRAKE_ELEMENTS);
    this.share = settings.share(RegistrarSetting.BRAKE_SHARE);
    this.verdictNs = settings.ns(RegistrarSetting.BRAKE_VERDICT);
    this.gapNs = settings.ns(RegistrarSetting.BRAKE_GAP);
  }

  /// Keeps count of who has missed an answer.
  void update(Registration registration) {
    if (registration.liveness().isMissing()) {
      missing.add(registration);
    } else {
      missing.remove(registration);
    }
  }

  void forget(Registration registration) {
    missing.remove(registration);
  }

  int missing() {
    return missing.size();
  }

  List<Registration> allMissing() {
    return List.copyOf(missing);
  }

  /// Looks whether it is on.
  ///
  /// @return whether that has changed
  boolean turns(int own) {
    boolean now = missing.size() > elements && missing.size() > share * own;
    boolean changed = now != on;
    on = now;
    return changed;
  }

  boolean isOn() {
    return on;
  }

  /// When the verdict on an element comes while the brake is on.
  long verdictAtNs(Liveness liveness) {
    return liveness.askedAtNs() + verdictNs;
  }

  long gapNs() {
    return gapNs;
  }
}
