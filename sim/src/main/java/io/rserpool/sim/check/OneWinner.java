package io.rserpool.sim.check;

import io.rserpool.protocol.ServerId;
import java.util.LinkedHashMap;

/// Among registrars that reach each other within the takeover expiry, a dead registrar has at most one winner. A registrar that
/// was only away may be taken over more than once in its life, but not twice at a time.
final class OneWinner extends Invariant {

  private static final int REMEMBERED = 1_000;

  private record Win(RegistrarFacts winner, long atNs) {}

  private final LinkedHashMap<ServerId, Win> wins = new LinkedHashMap<>();

  OneWinner(Truth truth) {
    super("one-winner", truth);
  }

  @Override
  void observe(Observation observation) {
    if (bounds().reachInTime()
        && observation instanceof Observation.TakeoverWon(RegistrarFacts winner, ServerId target)
        && truth().registrars().stream().anyMatch(registrar -> registrar.isOrWas(target))) {
      long nowNs = truth().nowNs();
      Win earlier = wins.get(target);
      wins.put(target, new Win(winner, nowNs));
      if (wins.size() > REMEMBERED) {
        wins.pollFirstEntry();
      }
      if (earlier == null) {
        check(true, winner.name(), () -> "", () -> "");
      } else if (mayNotWin(earlier, winner, target)) {
        check(
            false,
            winner.name(),
            () -> target + " to be taken over by " + earlier.winner().name() + " alone",
            () -> "it is taken over here, too");
      }
    }
  }

  private boolean mayNotWin(Win earlier, RegistrarFacts winner, ServerId target) {
    long nowNs = truth().nowNs();
    long overlapNs = bounds().arbitrationNs();
    long diedNs =
        truth().registrars().stream()
            .flatMap(registrar -> registrar.deathOf(target).stream())
            .findFirst()
            .orElse(Long.MAX_VALUE);
    boolean wasDead = diedNs <= earlier.atNs();
    long quietNs = wasDead ? diedNs : earlier.atNs() - overlapNs;
    boolean wasSameTime = nowNs - earlier.atNs() <= overlapNs;
    return (wasDead || wasSameTime)
        && winner != earlier.winner()
        && winner.quiet().isSince(quietNs - bounds().aftermathNs())
        && earlier.winner().quiet().isSince(quietNs - bounds().aftermathNs())
        && truth().partition().isSince(quietNs - bounds().aftermathNs());
  }
}
