package io.rserpool.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {

  private final Simulation simulation = new Simulation();
  private final List<String> seen = new ArrayList<>();

  private void plan(long atNs, String what) {
    simulation.at(atNs, () -> seen.add(what + "@" + simulation.nowNs()));
  }

  @Test
  void eventsHappenInTheOrderOfTimeAndThenOfPlanning() {
    plan(20, "c");
    plan(10, "a");
    plan(10, "b");
    simulation.runUntil(20);
    assertThat(seen).containsExactly("a@10", "b@10", "c@20");
    assertThat(simulation.nowNs()).isEqualTo(20);
  }

  @Test
  void eventIsMovedAndCalledOff() {
    Simulation.Event event = simulation.event(() -> seen.add("x@" + simulation.nowNs()));
    event.at(10);
    event.at(30);
    simulation.runUntil(20);
    assertThat(seen).isEmpty();
    simulation.runUntil(40);
    assertThat(seen).containsExactly("x@30");
    event.at(50);
    event.cancel();
    simulation.runUntil(60);
    assertThat(seen).hasSize(1);
    assertThatThrownBy(() -> event.at(59)).hasMessageContaining("59");
  }
}
