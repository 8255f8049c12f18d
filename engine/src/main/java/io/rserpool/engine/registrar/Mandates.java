package io.rserpool.engine.registrar;

import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// For whose elements a peer may speak in a secured scope: for its own, for those that have no home,
/// and for those of registrars that it has taken over.
final class Mandates {

  /// Takeovers that are remembered; the oldest is forgotten first, and what is missed then is found by
  /// an audit.
  private static final int TAKEOVERS_MAX = 1_000;

  private record Takeover(ServerId target, ServerId by) {}

  private final Gate gate;
  private final Predicate<ServerId> isHeard;
  private final SequencedSet<Takeover> takeovers = new LinkedHashSet<>();

  /// @param isHeard whether a registrar lives, as far as is known here: this one, or a peer
  Mandates(Gate gate, Predicate<ServerId> isHeard) {
    this.gate = gate;
    this.isHeard = isHeard;
  }

  /// A peer has taken a registrar over.
  void takenOver(ServerId target, ServerId by) {
    takeovers.addLast(new Takeover(target, by));
    if (takeovers.size() > TAKEOVERS_MAX) {
      takeovers.removeFirst();
    }
  }

  /// Why a peer may not say this of an element; empty if it may.
  ///
  /// @param known what is known of the element here
  String objection(ServerId peer, @Nullable Registration known, PoolElementParameter element) {
    ServerId named = element.homeId();
    if (!gate.isSecured() || named.equals(peer)) {
      return "";
    }
    if (!named.isNone()) {
      return hasTakenOver(named, peer)
          ? ""
          : "it speaks for registrar " + named + ", which it has not taken over";
    }
    ServerId home = known == null ? ServerId.NONE : known.entry().home();
    boolean isOfAnother = !home.isNone() && !home.equals(peer) && !hasTakenOver(home, peer);
    return isOfAnother && isHeard.test(home) ? "its home is registrar " + home : "";
  }

  private boolean hasTakenOver(ServerId target, ServerId by) {
    return takeovers.contains(new Takeover(target, by));
  }
}
