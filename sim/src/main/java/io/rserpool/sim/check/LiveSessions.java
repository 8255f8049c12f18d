package io.rserpool.sim.check;

import io.rserpool.engine.session.LossSource;
import io.rserpool.sim.session.SessionDeed;
import java.util.OptionalLong;

/// No session waits for ever, whatever has become of its element: where an element of its pool can be
/// reached all the time, every request is answered within a bound; and no session ends before its limits
/// are reached, or while it could have gone on.
final class LiveSessions extends Invariant {

  private final Agenda agenda;

  LiveSessions(Truth truth, Agenda agenda) {
    super("live-sessions", truth);
    this.agenda = agenda;
  }

  @Override
  void observe(Observation observation) {
    if (!(observation instanceof Observation.InSession(SessionDeed deed))) {
      return;
    }
    if (deed instanceof SessionDeed.Asked asked) {
      truth()
          .sessions()
          .find(asked.session())
          .ifPresent(facts -> {
            int number = asked.after().count();
            long nowNs = truth().nowNs();
            Request request = new Request(number, nowNs, facts.dislikes());
            agenda.at(nowNs + leastNs(facts), () -> look(facts, request));
          });
    } else if (deed instanceof SessionDeed.Over(long session, LossSource source, String why)
        && source != LossSource.REFUSED_COOKIE) {
      truth().sessions().find(session).ifPresent(facts -> over(facts, source + ": " + why));
    }
  }

  private long leastNs(SessionFacts facts) {
    return bounds().sessions().answerNs(facts.settings(), 1);
  }

  /// A request that waits for its answer.
  ///
  /// @param dislikes how often the application had given up a new element for no reason before
  private record Request(int number, long askedNs, int dislikes) {}

  private void look(SessionFacts facts, Request request) {
    boolean isThere = truth().sessions().find(facts.number()).orElse(null) == facts;
    if (!isThere || facts.isOver() || !facts.user().isThere()) {
      return;
    }
    boolean isAnswered = facts.answered() >= request.number();
    long nowNs = truth().nowNs();
    OptionalLong calm = calmSinceNs(facts);
    if (isAnswered || calm.isEmpty()) {
      check(true, "-", () -> "", () -> "");
      if (!isAnswered) {
        agenda.at(nowNs + leastNs(facts), () -> look(facts, request));
      }
      return;
    }
    long sinceNs = Math.max(request.askedNs(), calm.getAsLong());
    int tries = tries(facts, sinceNs) + facts.dislikes() - request.dislikes();
    long boundNs = bounds().sessions().answerNs(facts.settings(), tries);
    if (nowNs < sinceNs + boundNs) {
      agenda.at(sinceNs + boundNs, () -> look(facts, request));
      return;
    }
    check(
        false,
        facts.user().name(),
        () ->
            "%s: an answer to request %d within %d ms"
                .formatted(facts, request.number(), boundNs / 1_000_000),
        () ->
            "none since %d ms, answered %d of %d"
                .formatted(sinceNs / 1_000_000, facts.answered(), facts.asked()));
  }

  private void over(SessionFacts facts, String why) {
    long nowNs = truth().nowNs();
    OptionalLong calm = calmSinceNs(facts);
    String user = facts.user().name();
    if (calm.isPresent()) {
      long sinceNs = Math.max(facts.searchesSinceNs(), calm.getAsLong());
      long boundNs = bounds().sessions().answerNs(facts.settings(), tries(facts, sinceNs));
      check(
          nowNs - sinceNs < boundNs,
          user,
          () -> facts + ": to go on, since an element could be reached",
          () -> "it is over: " + why);
    }
    boolean isEarly =
        nowNs - facts.searchesSinceNs() < bounds().sessions().patienceNs(facts.settings())
            && facts.calls() < facts.settings().attempts();
    check(
        !facts.wasUp() || !isEarly,
        user,
        () -> facts + ": to look for " + facts.settings().failoverTimeout(),
        () -> "it is over: " + why);
  }

  /// Since when the session could have been served by an element that can be reached, if it can now.
  private OptionalLong calmSinceNs(SessionFacts facts) {
    Quiet user = facts.user().quiet();
    Quiet partition = truth().partition();
    boolean isDisturbed = user.isDisturbed() || partition.isDisturbed();
    long sinceNs = partition.sinceNs();
    for (RegistrarFacts registrar : truth().registrars()) {
      isDisturbed |= registrar.quiet().isDisturbed();
      sinceNs = Math.max(sinceNs, registrar.quiet().sinceNs());
    }
    sinceNs = Math.max(sinceNs + bounds().settleNs(), user.sinceNs() + bounds().userRecoveryNs());
    long bestNs = Long.MAX_VALUE;
    for (ElementFacts element : truth().elements().values()) {
      if (isIn(facts, element)
          && element.state() == ElementFacts.State.IN
          && !element.quiet().isDisturbed()) {
        long thereNs = Math.max(element.sinceNs(), element.quiet().sinceNs());
        bestNs = Math.min(bestNs, Math.max(sinceNs, thereNs + bounds().pushNs()));
      }
    }
    return isDisturbed || bestNs == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(bestNs);
  }

  /// How many elements may be tried in vain: those that have been disturbed meanwhile, or have left or
  /// died so lately that somebody may still name them.
  private int tries(SessionFacts facts, long sinceNs) {
    int tries = 1;
    for (ElementFacts element : truth().elements().values()) {
      boolean isGood =
          element.state() == ElementFacts.State.IN
              && element.sinceNs() <= sinceNs
              && element.quiet().isSince(sinceNs);
      boolean isForgotten =
          element.state() != ElementFacts.State.IN
              && element.sinceNs() <= sinceNs - bounds().settleNs();
      if (isIn(facts, element) && !isGood && !isForgotten) {
        tries++;
      }
    }
    return tries;
  }

  private static boolean isIn(SessionFacts facts, ElementFacts element) {
    return element.identity().handle().equals(facts.handle());
  }
}
