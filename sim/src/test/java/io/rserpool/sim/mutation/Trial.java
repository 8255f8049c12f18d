package io.rserpool.sim.mutation;

import io.rserpool.protocol.Profile;
import io.rserpool.sim.scenario.Outcome;
import io.rserpool.sim.scenario.Run;
import io.rserpool.sim.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/// Runs one seed: from it to what is violated, or to nothing. It is loaded together with the classes
/// that it runs, so others know it by its interface only.
public final class Trial implements LongFunction<String> {

  private final Scenario scenario;
  private final Profile profile;
  private final Duration duration;

  /// @param units of virtual time
  public Trial(String scenario, String profile, int units) {
    this.scenario = Scenario.named(scenario);
    this.profile = Profile.valueOf(profile);
    this.duration = Duration.ofNanos(Run.unitNs(this.profile)).multipliedBy(units);
  }

  /// A trial of the production classes with these mutations.
  ///
  /// @throws AssertionError if one of them does not find its place
  @SuppressWarnings("unchecked")
  static LongFunction<String> of(Bug bug, boolean isPlanted) {
    Stream<Mutation> planted = isPlanted ? bug.mutations().stream() : Stream.of();
    List<Mutation> all = Stream.concat(bug.setting().stream(), planted).toList();
    try {
      return (LongFunction<String>)
          new MutantLoader(all)
              .loadClass(Trial.class.getName())
              .getConstructor(String.class, String.class, int.class)
              .newInstance(bug.scenario(), bug.profile(), bug.units());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot run " + bug, e);
    }
  }

  @Override
  public String apply(long seed) {
    Outcome outcome = Run.run(scenario, profile, seed, duration);
    return outcome.isGood() ? "" : outcome.violations().getFirst().toString();
  }
}
