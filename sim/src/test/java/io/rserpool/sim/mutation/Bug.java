package io.rserpool.sim.mutation;

import java.util.List;

/// A bug to plant, and where it is looked for.
///
/// @param what it does wrong
/// @param scenario in which it matters
/// @param profile in which it matters
/// @param units of virtual time for each seed
/// @param setting what has to be otherwise without being a bug
/// @param mutations which make it
record Bug(
    String what,
    String scenario,
    String profile,
    int units,
    List<Mutation> setting,
    List<Mutation> mutations) {

  private static final int UNITS = 300;

  Bug {
    setting = List.copyOf(setting);
    mutations = List.copyOf(mutations);
  }

  static Bug of(String what, String scenario, String profile, Mutation... mutations) {
    return new Bug(what, scenario, profile, UNITS, List.of(), List.of(mutations));
  }

  /// The same with more time for each seed.
  Bug within(int newUnits) {
    return new Bug(what, scenario, profile, newUnits, setting, mutations);
  }

  /// The same where something is otherwise without being a bug.
  Bug where(Mutation harmless) {
    return new Bug(what, scenario, profile, units, List.of(harmless), mutations);
  }

  @Override
  public String toString() {
    return what;
  }
}
