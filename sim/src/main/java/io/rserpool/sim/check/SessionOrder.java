package io.rserpool.sim.check;

import io.rserpool.sim.session.Piece;
import io.rserpool.sim.session.SessionDeed;
import io.rserpool.sim.session.State;

/// Nothing is reordered within a session: what it is offered is written in that order, each piece once
/// as a whole, and all of it where the session moves by itself; elements are asked in order from where
/// the cookie ended; what an element answered is read in order and without gaps, and all of it before
/// the session tells that it has moved.
final class SessionOrder extends Invariant {

  SessionOrder(Truth truth) {
    super("session-order", truth);
  }

  @Override
  void observe(Observation observation) {
    if (!(observation instanceof Observation.InSession(SessionDeed deed))) {
      return;
    }
    if (deed instanceof SessionDeed.WroteData(long session, _, Piece.Request request)) {
      truth().sessions().find(session).ifPresent(facts -> written(facts, request));
    } else if (deed instanceof SessionDeed.ReadReply(long session, Piece.Reply reply)) {
      truth().sessions().find(session).ifPresent(facts -> read(facts, reply));
    } else if (deed instanceof SessionDeed.Skipped(String element, _, State state, int number)) {
      check(
          !truth().sessions().isHonest(state.session()),
          element,
          () -> "session %d: request %d".formatted(state.session(), state.count() + 1),
          () -> "request " + number);
    } else if (deed
        instanceof
        SessionDeed.Repeated(String element, _, long session, int number, int restored)) {
      check(
          number > restored || mayRepeat(session),
          element,
          () -> "session %d: no request again up to %d".formatted(session, restored),
          () -> "request " + number);
    }
  }

  private boolean mayRepeat(long session) {
    return truth().sessions().find(session).map(SessionFacts::mayRepeat).orElse(true);
  }

  private void written(SessionFacts facts, Piece.Request request) {
    String user = facts.user().name();
    if (request.serial() == 0) {
      check(
          !facts.isPastGreeting(),
          user,
          () -> facts + ": the greeting first",
          () -> "piece %d before %s".formatted(facts.serial(), request));
      return;
    }
    long next = facts.serial() + 1;
    boolean mayDrop = !facts.keepsQueue() || isReturned(request);
    check(
        mayDrop ? request.serial() >= next : request.serial() == next,
        user,
        () -> facts + ": piece " + next,
        () -> "piece " + request.serial());
  }

  private static boolean isReturned(Piece.Request request) {
    return switch (request.option()) {
      case NO_FAILOVER -> true;
      case FAILOVER -> false;
    };
  }

  private void read(SessionFacts facts, Piece.Reply reply) {
    boolean isSame = reply.conversation() == facts.conversation();
    boolean isNext = isSame ? reply.running() == facts.running() + 1 : reply.running() == 1;
    check(
        isNext && (isSame || facts.mayBeElsewhere()),
        facts.user().name(),
        () -> {
          String here = "answer " + (facts.running() + 1) + " of the present element";
          return facts + ": " + here + (facts.mayBeElsewhere() ? ", or 1 of the next" : "");
        },
        () -> "answer %d of %s".formatted(reply.running(), isSame ? "it" : "another one"));
    facts
        .state(reply.number())
        .ifPresent(state ->
            check(
                reply.digest() == 0 || reply.digest() == state.digest(),
                facts.user().name(),
                () -> facts + ": the answer to " + state,
                reply::toString));
  }
}
