package io.rserpool.engine.user;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.hunt.ServerHunt;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The state that the duties of one pool user share.
final class User {

  final UserSettings settings;
  final ServerHunt hunt;
  final RandomGenerator selection;
  final DeadlineQueue<Consumer<Turn>> deadlines = new DeadlineQueue<>();
  final Named named = new Named();
  final long t1Ns;

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

  /// Whether a whole round of the hunt has found nobody.
  boolean isCutOff() {
    return home == null && hunt.round() > 1;
  }

  /// The home has answered: no other registrar is sought any more.
  void homeAnswered(Turn turn) {
    hunt.proven();
    hunt.cancel(turn.out());
  }
}
