package io.rserpool.bench.session;

import io.rserpool.client.CallTimeoutException;
import io.rserpool.client.Failover;
import io.rserpool.client.PoolSession;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Scope;
import io.rserpool.client.SessionOptions;
import io.rserpool.protocol.ElementId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A program of its own, as far as a pool can tell: a pool user with one session, whose options are the
/// defaults, that asks again as soon as it has an answer, and asks anew where it has moved to.
final class AskingSession implements AutoCloseable {

  private static final int SIZE = 100;
  private static final long PAUSE_MS = 2;
  private static final int OPENINGS_MAX = 20;

  private final PoolUser user;
  private final PoolSession session;
  private final ElementId victim;
  private final List<Failover> moves;
  private final byte[] question = new byte[SIZE];
  private final byte[] answer = new byte[SIZE];
  private volatile Optional<Long> answeredNs = Optional.empty();

  /// @param victim the element to begin with
  /// @param moves each move of the session is added
  AskingSession(Scope scope, ElementId victim, List<Failover> moves) {
    this.victim = victim;
    this.moves = moves;
    user = PoolUser.open(scope);
    SessionOptions options =
        SessionOptions.builder()
            .preferred(victim)
            .listener((moved, move) -> {
              moves.add(move);
              moved.discardReceived();
              moved.send(question);
            })
            .build();
    session = connect(options);
  }

  /// The preference may be unknown to this pool user yet; then the policy's turn comes to it.
  private PoolSession connect(SessionOptions options) {
    for (int i = 0; i < OPENINGS_MAX; i++) {
      PoolSession opened = user.connect(PoolServer.POOL, options);
      if (opened.element().elementId().equals(victim)) {
        return opened;
      }
      opened.close();
    }
    throw new IllegalStateException(
        "expected one of %d sessions to be on element %s".formatted(OPENINGS_MAX, victim));
  }

  /// Asks for some time.
  void askFor(Duration time) throws InterruptedException {
    long endNs = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < endNs) {
      ask(time);
      if (!session.sender().equals(victim)) {
        throw new IllegalStateException(
            "expected an answer of element %s, but saw one of %s; moves: %s"
                .formatted(victim, session.sender(), moves));
      }
      Thread.sleep(PAUSE_MS);
    }
  }

  /// Asks until another server answers.
  void askUntilMoved(Duration limit) {
    long endNs = System.nanoTime() + limit.toNanos();
    try {
      while (session.sender().equals(victim)) {
        ask(Duration.ofNanos(Math.max(1, endNs - System.nanoTime())));
        Thread.sleep(PAUSE_MS);
      }
    } catch (CallTimeoutException | InterruptedException _) {
      // Not in time.
    }
  }

  private void ask(Duration limit) {
    session.send(question);
    int count = 0;
    while (count < SIZE) {
      count += session.receive(answer, limit);
      if (answeredNs.isEmpty() && !session.sender().equals(victim)) {
        answeredNs = Optional.of(System.nanoTime());
        return;
      }
    }
  }

  /// When another server has answered for the first time.
  Optional<Long> answeredNs() {
    return answeredNs;
  }

  @Override
  public void close() {
    session.close();
    user.close();
  }
}
