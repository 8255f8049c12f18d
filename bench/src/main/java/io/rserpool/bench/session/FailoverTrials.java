package io.rserpool.bench.session;

import io.rserpool.bench.report.Spread;
import io.rserpool.client.Failover;
import io.rserpool.protocol.Profile;
import io.rserpool.sim.scenario.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// All trials of one profile. Each has a victim and a session of its own.
final class FailoverTrials {

  static final int SERVERS = 3;

  private static final long SEED = 1;
  private static final Duration SETTLING = Duration.ofSeconds(1);

  /// What does not come twice will not come the third time.
  private static final int MISSES_MAX = 2;

  private final Stage stage;
  private final Profile profile;
  private final int trials;
  private final SplittableRandom random = new SplittableRandom(SEED);

  /// @param trials 0 for as many as the profile can have in some minutes
  FailoverTrials(Stage stage, Profile profile, int trials) throws IOException {
    this.stage = stage;
    this.profile = profile;
    this.trials = trials;
    for (int i = 1; i < SERVERS; i++) {
      stage.add();
    }
  }

  /// With sessions.
  void run() throws IOException, InterruptedException {
    // So that nothing that counts is the first of its kind in this program.
    trial(Harm.KILL, new ArrayList<>());
    for (Harm harm : Harm.values()) {
      if (harm != Harm.CUT || CutNetwork.isPossible()) {
        measure(harm);
      }
    }
  }

  private void measure(Harm harm) throws IOException, InterruptedException {
    Spread noticed = new Spread("server " + harm + ": noticed");
    Spread connected = new Spread("server " + harm + ": on another server");
    Spread answered = new Spread("server " + harm + ": its first answer");
    TreeMap<String, Integer> sources = new TreeMap<>();
    int misses = 0;
    for (int i = 0; i < repetitions(harm) && misses < MISSES_MAX; i++) {
      List<Failover> moves = new ArrayList<>();
      Times times = trial(harm, moves);
      if (times.answeredNs.isPresent()) {
        Failover move = moves.getFirst();
        noticed.add((move.noticedNs() - times.beginNs) / 1e9);
        connected.add((move.noticedNs() + move.duration().toNanos() - times.beginNs) / 1e9);
        answered.add((times.answeredNs.get() - times.beginNs) / 1e9);
        sources.merge(move.source().toString(), 1, Integer::sum);
      } else {
        misses++;
        answered.miss();
      }
    }
    if (answered.count() > 0) {
      System.out.println(noticed);
      System.out.println(connected);
    }
    System.out.println(answered);
    System.out.println("  noticed by " + sources);
  }

  /// @param answeredNs the first answer of another server, if it came in time
  private record Times(long beginNs, Optional<Long> answeredNs) {}

  private Times trial(Harm harm, List<Failover> moves) throws IOException, InterruptedException {
    Stage.Server victim = harm == Harm.CUT ? CutNetwork.add(stage) : stage.add();
    try (AskingSession asking = new AskingSession(stage.scope(), victim.id(), moves)) {
      asking.askFor(pause());
      Thread other = Thread.ofPlatform().daemon().start(() -> asking.askUntilMoved(limit()));
      // Some questions are under way by now.
      Thread.sleep(random.nextLong(20) + 20);
      long beginNs = harm.inflict(victim);
      other.join();
      return new Times(beginNs, asking.answeredNs());
    } finally {
      bury(harm, victim);
    }
  }

  private void bury(Harm harm, Stage.Server victim) throws IOException, InterruptedException {
    if (harm == Harm.CUT) {
      CutNetwork.mend();
    }
    stage.remove(victim);
    if (harm == Harm.CUT) {
      CutNetwork.forget();
    }
  }

  /// With a bare socket.
  void runWithoutPool() throws IOException, InterruptedException {
    Spread answered = new Spread("server killed: first answer of another one");
    for (int i = -1; i < repetitions(Harm.KILL); i++) {
      Stage.Server victim = stage.add();
      List<Stage.Server> list = new ArrayList<>(List.of(victim));
      stage.servers().stream().filter(server -> !server.equals(victim)).forEach(list::add);
      ConnectList client = new ConnectList(list);
      Thread other = Thread.ofPlatform().daemon().start(client::askUntilMoved);
      Thread.sleep(SETTLING.toMillis() + random.nextLong(1_000));
      long beginNs = Harm.KILL.inflict(victim);
      other.join();
      stage.remove(victim);
      if (i >= 0) {
        answered.add((client.answeredNs() - beginNs) / 1e9);
      }
    }
    System.out.println(answered);
  }

  /// Slow profiles get fewer repetitions.
  private int repetitions(Harm harm) {
    if (trials > 0) {
      return trials;
    }
    return switch (profile) {
      case STANDARD -> 15;
      case RSPLIB -> harm == Harm.KILL ? 9 : 5;
      case RFC -> harm == Harm.KILL ? 5 : 3;
    };
  }

  private Duration limit() {
    return switch (profile) {
      case STANDARD -> Duration.ofSeconds(20);
      case RSPLIB -> Duration.ofSeconds(60);
      case RFC -> Duration.ofMinutes(2);
    };
  }

  /// Some time that does not go with any timer, so that what is sent regularly is in any phase.
  private Duration pause() {
    return SETTLING.plusNanos(random.nextLong(Run.unitNs(profile)));
  }
}
