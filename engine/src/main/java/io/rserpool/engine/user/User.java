package io.rserpool.engine.user;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.hunt.ServerHunt;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The state that the duties of one pool user share.
final class User {

  private static final long FIRST_PATIENCE_NS = 5_000_000_000L;

  final UserSettings settings;
  final ServerHunt hunt;
  final RandomGenerator selection;
  final DeadlineQueue<Consumer<Turn>> deadlines = new DeadlineQueue<>();
  final Named named = new Named();
  final long t1Ns;

  /// Whether a registrar has ever answered.
  private boolean hasHeard;

  /// The registrar to which requests go; null while one is sought.
  @Nullable Home home;

  User(UserSettings settings, RandomGenerator.SplittableGenerator random) {
    this.settings = settings;
    hunt = new ServerHunt(settings.hunt(), random.split());
    selection = random.split();
    t1Ns = settings.t1EnrpRequest().toNanos();
  }

  /// How long a request may take at most: T1 for the first attempt and each repetition.
  long patienceNs() {
    return t1Ns * (1 + settings.maxRequestRetransmit());
  }

  /// How long a request may take at most while no registrar has ever answered and one has been called:
  /// a program that has just begun does everything for the first time, and is slow on a busy machine.
  long firstPatienceNs() {
    return Math.max(FIRST_PATIENCE_NS, 2 * patienceNs());
  }

  /// Whether somebody is there, or is being called, who may be answering for the first time.
  boolean mayHearYet() {
    return !hasHeard && (home != null || hunt.isCalling());
  }

  /// Whether a whole round of the hunt has found nobody.
  boolean isCutOff() {
    return home == null && hunt.round() > 1;
  }

  /// The home has answered: no other registrar is sought any more.
  void homeAnswered(Turn turn) {
    hasHeard = true;
    hunt.proven();
    hunt.cancel(turn.out());
  }
}
