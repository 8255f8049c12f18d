package io.rserpool.sim.scenario;

import io.rserpool.protocol.Profile;
import io.rserpool.sim.check.Violation;
import io.rserpool.sim.fault.FaultKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What came of a run.
///
/// @param scenario its name
/// @param profile of the scope
/// @param seed which decided everything
/// @param simulated virtual time
/// @param rounds of chaos, healing and validation that were completed
/// @param events of the simulation
/// @param messages that were sent
/// @param bytes of these
/// @param faults how many of each kind
/// @param checks how many by each invariant
/// @param violations none, or the one that ended the run
public record Outcome(
    String scenario,
    Profile profile,
    long seed,
    Duration simulated,
    int rounds,
    long events,
    long messages,
    long bytes,
    Map<FaultKind, Long> faults,
    Map<String, Long> checks,
    List<Violation> violations) {

  /// Whether everything held.
  public boolean isGood() {
    return violations.isEmpty();
  }

  /// The one command that runs it again, with a trace.
  public String replay() {
    return "rserpool simulate --scenario %s --profile %s --seed %d --trace"
        .formatted(scenario, profile, seed);
  }

  /// What came of it, in a few lines; a violation with the command that replays it.
  public String describe() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s %s seed %d: %s, %d rounds, %d events, %d messages%n",
            scenario,
            profile,
            seed,
            isGood() ? "good" : "VIOLATED",
            rounds,
            events,
            messages));
    violations.forEach(violation -> text.append(violation).append('\n'));
    if (!isGood()) {
      text.append("replay: ").append(replay()).append('\n');
    }
    return text.toString();
  }
}
