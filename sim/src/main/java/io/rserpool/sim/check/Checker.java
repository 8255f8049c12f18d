package io.rserpool.sim.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All invariants of a scope.
public final class Checker {

  private final List<Invariant> invariants;

  /// The invariants of a scope.
  ///
  /// @param truth what is really the case
  /// @param agenda lets things be looked at later
  public Checker(Truth truth, Invariant.Agenda agenda) {
    invariants =
        List.of(
            new NothingLost(truth),
            new DeadGone(truth, agenda),
            new FreshResolutions(truth),
            new LivingOwner(truth, agenda),
            new EqualHandlespaces(truth),
            new PeerLists(truth),
            new WholeTable(truth),
            new OneWinner(truth),
            new EqualViews(truth),
            new BoundedMemory(truth),
            new BoundedMessages(truth),
            new NothingForgotten(truth),
            new SessionOrder(truth),
            new OneEcho(truth),
            new SealedCookies(truth),
            new LiveSessions(truth, agenda),
            new SilentLinks(truth, agenda),
            new SteadySessions(truth),
            new BoundedSessions(truth),
            new AuthorisedEntries(truth),
            new AuthorisedChanges(truth),
            new AuthorisedWords(truth),
            new AnsweredUsers(truth));
  }

  /// Something happened.
  ///
  /// @throws ViolationException if something does not hold
  public void observe(Observation observation) {
    invariants.forEach(invariant -> invariant.observe(observation));
  }

  /// How often each invariant was checked.
  public Map<String, Long> checks() {
    Map<String, Long> checks = new LinkedHashMap<>();
    invariants.forEach(invariant -> checks.put(invariant.name(), invariant.checks()));
    return checks;
  }
}
