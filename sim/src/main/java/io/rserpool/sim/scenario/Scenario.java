package io.rserpool.sim.scenario;

import io.rserpool.sim.fault.FaultKind;
import io.rserpool.sim.network.LinkSettings;
import io.rserpool.sim.network.MulticastSettings;
import io.rserpool.sim.workload.WorkloadSettings;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A scope with its workload, and what goes wrong there. Rates are for each unit of time: one second
/// in `standard`, five in `rsplib`, thirty in `rfc`.
///
/// @param name as the command line has it
/// @param purpose one line for people
/// @param registrarsMin fewest registrars; how many there are is drawn
/// @param registrarsMax most registrars
/// @param elementsMax most elements; from half of it on
/// @param users how many
/// @param links between all machines
/// @param multicast what becomes of announcements
/// @param workload what is asked for
/// @param faults how often each kind is injected
/// @param rolling whether all registrars are restarted one after the other
/// @param presences whether registrars find each other by multicast, and know nobody at their start
/// @param sessions that each user has with elements
/// @param adversaries how many there are at most; 0 for a scope without security
public record Scenario(
    String name,
    String purpose,
    int registrarsMin,
    int registrarsMax,
    int elementsMax,
    int users,
    LinkSettings links,
    MulticastSettings multicast,
    WorkloadSettings workload,
    Map<FaultKind, Double> faults,
    boolean rolling,
    boolean presences,
    int sessions,
    int adversaries) {

  public Scenario {
    EnumMap<FaultKind, Double> copy = new EnumMap<>(FaultKind.class);
    copy.putAll(faults);
    faults = Collections.unmodifiableMap(copy);
  }

  /// A scenario whose registrars know each other from the start, without sessions.
  public Scenario(
      String name,
      String purpose,
      int registrarsMin,
      int registrarsMax,
      int elementsMax,
      int users,
      LinkSettings links,
      MulticastSettings multicast,
      WorkloadSettings workload,
      Map<FaultKind, Double> faults,
      boolean rolling) {
    this(
        name,
        purpose,
        registrarsMin,
        registrarsMax,
        elementsMax,
        users,
        links,
        multicast,
        workload,
        faults,
        rolling,
        false,
        0);
  }

  /// A scenario without security.
  public Scenario(
      String name,
      String purpose,
      int registrarsMin,
      int registrarsMax,
      int elementsMax,
      int users,
      LinkSettings links,
      MulticastSettings multicast,
      WorkloadSettings workload,
      Map<FaultKind, Double> faults,
      boolean rolling,
      boolean presences,
      int sessions) {
    this(
        name,
        purpose,
        registrarsMin,
        registrarsMax,
        elementsMax,
        users,
        links,
        multicast,
        workload,
        faults,
        rolling,
        presences,
        sessions,
        0);
  }

  /// The same with sessions.
  Scenario withSessions(String newName, String newPurpose, int newSessions) {
    return new Scenario(
        newName,
        newPurpose,
        registrarsMin,
        registrarsMax,
        elementsMax,
        users,
        links,
        multicast,
        workload,
        faults,
        rolling,
        presences,
        newSessions,
        adversaries);
  }

  /// The scenario with the given name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Scenario named(String name) {
    return Scenarios.ALL.stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "a scenario is one of %s, but this is '%s'"
                    .formatted(
                        String.join(", ", Scenarios.ALL.stream().map(Scenario::name).toList()),
                        name)));
  }

  /// All scenarios, mild ones first.
  public static List<Scenario> all() {
    return Scenarios.ALL;
  }
}
