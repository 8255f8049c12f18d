package io.rserpool.bench.takeover;

import io.rserpool.bench.report.Spread;
import io.rserpool.client.PoolElement;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.sim.scenario.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// All measurements of one profile.
final class Trials {

  private static final long SEED = 1;
  private static final Duration SETTLING = Duration.ofMillis(500);
  private static final long POLL_MS = 1;

  private final Profile profile;
  private final int count;
  private final Duration unit;
  private final SplittableRandom random = new SplittableRandom(SEED);

  /// @param count registrars
  Trials(Profile profile, int count) {
    this.profile = profile;
    this.count = count;
    this.unit = Duration.ofNanos(Run.unitNs(profile));
  }

  void run() throws IOException, InterruptedException {
    System.out.printf("%nprofile %s, %d registrars%n", profile, count);
    try (Stage stage = new Stage(profile, count)) {
      registrars(stage, false);
      registrars(stage, true);
      stage.enter();
      elements(stage, false);
      elements(stage, true);
    }
  }

  /// Slow profiles get fewer repetitions: with timers of a minute one takes two minutes.
  private int repetitions(boolean isFrozen) {
    return switch (profile) {
      case STANDARD -> 9;
      case RSPLIB -> 5;
      case RFC -> isFrozen ? 2 : 3;
    };
  }

  private Duration limit() {
    return switch (profile) {
      case STANDARD -> Duration.ofSeconds(20);
      case RSPLIB -> Duration.ofSeconds(60);
      case RFC -> Duration.ofSeconds(200);
    };
  }

  private void registrars(Stage stage, boolean isFrozen) throws IOException, InterruptedException {
    String what = isFrozen ? "registrar frozen: " : "registrar killed: ";
    Spread begun = new Spread(what + "takeover begun");
    Spread complete = new Spread(what + "complete at all others");
    Spread known = new Spread(what + "known to every element");
    Spread seen = new Spread(what + "seen by the user");
    for (int i = 0; i < repetitions(isFrozen); i++) {
      stage.enter();
      pause(isFrozen ? 1 : 0);
      long beginNs = harm(stage.first().process(), isFrozen);
      long deadlineNs = beginNs + limit().toNanos();
      ServerId victim = stage.first().id();
      List<ServerId> living = stage.others().stream().map(RegistrarChild::id).toList();
      long begunNs = Moment.NEVER;
      long completeNs = beginNs;
      for (RegistrarChild other : stage.others()) {
        long doneNs =
            other
                .views()
                .await(beginNs, view -> view.hasAllWith(living, Stage.ELEMENTS), deadlineNs);
        completeNs = Math.max(completeNs, doneNs);
        // By now it has begun, if it was this one.
        begunNs =
            Math.min(begunNs, other.begun().await(beginNs, victim::equals, System.nanoTime()));
      }
      Moment.note(begun, beginNs, begunNs);
      Moment.note(complete, beginNs, completeNs);
      Moment.note(known, beginNs, awaitHomes(stage.elements(), living, deadlineNs));
      Moment.note(
          seen,
          beginNs,
          stage
              .userViews()
              .await(beginNs, user -> user.view().hasAllWith(living, Stage.ELEMENTS), deadlineNs));
      stage.replaceFirst();
    }
    print(List.of(begun, complete, known, seen));
  }

  private void elements(Stage stage, boolean isFrozen) throws IOException, InterruptedException {
    String what = isFrozen ? "element frozen: " : "element killed: ";
    Spread atHome = new Spread(what + "removed by its home");
    Spread everywhere = new Spread(what + "removed everywhere");
    Spread seen = new Spread(what + "gone for the user");
    for (int i = 0; i < repetitions(isFrozen); i++) {
      Stage.Mortal mortal = stage.mortal();
      try {
        pause(0);
        long beginNs = harm(mortal.process(), isFrozen);
        long deadlineNs = beginNs + limit().toNanos();
        long everywhereNs = beginNs;
        for (RegistrarChild registrar : stage.registrars()) {
          long goneNs =
              registrar
                  .views()
                  .await(beginNs, view -> view.elements() == Stage.ELEMENTS, deadlineNs);
          everywhereNs = Math.max(everywhereNs, goneNs);
          if (registrar.equals(stage.first())) {
            Moment.note(atHome, beginNs, goneNs);
          }
        }
        Moment.note(everywhere, beginNs, everywhereNs);
        Moment.note(
            seen,
            beginNs,
            stage
                .userViews()
                .await(beginNs, user -> !user.ids().contains(mortal.id()), deadlineNs));
      } finally {
        mortal.process().destroyForcibly().onExit().join();
      }
      stage.awaitAgreement(Stage.ELEMENTS);
    }
    print(List.of(atHome, everywhere, seen));
  }

  /// Waits for some time that does not go with any timer, so that what is sent regularly is in any
  /// phase.
  private void pause(int units) throws InterruptedException {
    Thread.sleep(SETTLING);
    Thread.sleep(unit.multipliedBy(units));
    Thread.sleep(Duration.ofNanos(random.nextLong(unit.toNanos())));
  }

  /// @return just before it happened
  private static long harm(Process process, boolean isFrozen)
      throws IOException, InterruptedException {
    long nowNs = System.nanoTime();
    if (isFrozen) {
      Signals.freeze(process);
    } else {
      process.destroyForcibly();
    }
    return nowNs;
  }

  /// When every element knows that it has one of these homes.
  private static long awaitHomes(List<PoolElement> elements, List<ServerId> living, long deadlineNs)
      throws InterruptedException {
    while (!elements.stream().allMatch(element -> living.contains(element.homeId()))) {
      if (System.nanoTime() > deadlineNs) {
        return Moment.NEVER;
      }
      Thread.sleep(POLL_MS);
    }
    return System.nanoTime();
  }

  private static void print(List<Spread> spreads) {
    spreads.forEach(System.out::println);
  }
}
