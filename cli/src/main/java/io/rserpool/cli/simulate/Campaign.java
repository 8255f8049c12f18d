package io.rserpool.cli.simulate;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.protocol.Profile;
import io.rserpool.sim.Trace;
import io.rserpool.sim.scenario.Outcome;
import io.rserpool.sim.scenario.Run;
import io.rserpool.sim.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/// Runs one seed after the other, several at a time. Each run has a thread of its own and shares
/// nothing with the others, so their order has no influence on any of them.
///
/// @param scenarios taken in turn: that of a seed depends on its distance from the first one
/// @param profiles taken in turn, another one whenever all scenarios have had theirs
/// @param firstSeed from which the others count up
/// @param seeds how many at most
/// @param duration virtual time of each seed of a profile
/// @param jobs how many at a time
record Campaign(
    List<Scenario> scenarios,
    List<Profile> profiles,
    long firstSeed,
    long seeds,
    Function<Profile, Duration> duration,
    Trace trace,
    int jobs) {

  Campaign {
    scenarios = List.copyOf(scenarios);
    profiles = List.copyOf(profiles);
  }

  /// Asked between two rounds and between two seeds.
  @FunctionalInterface
  interface Patience {
    boolean goesOn();
  }

  /// Runs until all seeds are done or the patience is over.
  ///
  /// @param outcomes is told each outcome, by whichever thread has it
  void run(Patience patience, Consumer<Outcome> outcomes) {
    AtomicLong next = new AtomicLong();
    try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < jobs; i++) {
        workers.add(threads.submit(() -> work(next, patience, outcomes)));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void work(AtomicLong next, Patience patience, Consumer<Outcome> outcomes) {
    while (patience.goesOn()) {
      long index = next.getAndIncrement();
      if (index >= seeds) {
        return;
      }
      Scenario scenario = scenarios.get((int) (index % scenarios.size()));
      Profile profile = profiles.get((int) (index / scenarios.size() % profiles.size()));
      outcomes.accept(
          Run.run(
              scenario,
              profile,
              firstSeed + index,
              duration.apply(profile),
              trace,
              _ -> patience.goesOn()));
    }
  }
}
