package io.rserpool.engine.element;

import io.rserpool.engine.hunt.ServerHunt;
import io.rserpool.protocol.ServerId;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The state that the duties of one pool element share.
final class Element {

  final ElementSettings settings;
  final ServerHunt hunt;
  final RandomGenerator identifiers;
  final RandomGenerator jitter;
  final Timers timers = new Timers();

  /// What is to be registered; null while the element belongs to no pool.
  @Nullable Membership membership;

  /// The registrar to which requests go; null while one is sought.
  @Nullable Link home;

  /// The home's identifier, as its keep-alives tell it.
  ServerId homeId = ServerId.NONE;

  /// Whether a registrar has accepted the element and is not known to have lost it.
  boolean isIn;

  Element(ElementSettings settings, RandomGenerator.SplittableGenerator random) {
    this.settings = settings;
    hunt = new ServerHunt(settings.hunt(), random.split());
    identifiers = random.split();
    jitter = random.split();
  }

  /// Calls for a home if there is none and none is sought.
  void seekHome(Turn turn) {
    if (home == null) {
      hunt.start(turn.nowNs(), turn.out());
    }
  }

  void misbehaved(Turn turn, String what) {
    Membership present = membership;
    if (present != null) {
      turn.emit(new ElementEvent.PeerMisbehaved(present.handle(), present.elementId(), what));
    }
  }
}
