package io.rserpool.sim.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Event;
import io.rserpool.engine.registrar.RegistrarEvent;
import io.rserpool.engine.user.UserResult;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.sim.Simulation;
import io.rserpool.sim.Trace;
import io.rserpool.sim.network.Injury;
import io.rserpool.sim.network.LinkSettings;
import io.rserpool.sim.network.MulticastSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScopeTest {

  private static final long S = 1_000_000_000;

  private final List<String> lines = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();
  private final List<UserResult> answers = new ArrayList<>();
  private int damages;
  private final List<Integer> sizes = new ArrayList<>();
  private final Simulation simulation = new Simulation(Trace.to(lines::add));
  private final Scope scope = scope(simulation);

  private Scope scope(Simulation of) {
    ScopeSettings settings =
        new ScopeSettings(
            Profile.STANDARD,
            1,
            6,
            2,
            1,
            3,
            0,
            true,
            200,
            LinkSettings.repaired(1_000_000, 0.01).withJitter(500_000, 0.001, 20_000_000),
            new MulticastSettings(0.1, 0.1));
    return new Scope(of, settings, new SplittableRandom(7), new Ears());
  }

  private final class Ears extends Deaf {
    @Override
    public void told(RegistrarProcess registrar, Event event) {
      if (event instanceof RegistrarEvent.Removed gone) {
        removed.add(gone.elementId() + " " + gone.source());
      }
    }

    @Override
    public void resolved(UserProcess user, PoolHandle handle, UserResult result) {
      answers.add(result);
    }

    @Override
    public void changed(UserProcess user, PoolHandle handle, List<PoolElementParameter> elements) {
      sizes.add(elements.size());
    }
  }

  private void begin() {
    scope.start();
    scope.elements().forEach(ElementProcess::join);
    scope.users().forEach(user -> user.watch(scope.pools().getFirst()));
  }

  private void runFor(double seconds) {
    simulation.runUntil(simulation.nowNs() + (long) (seconds * S));
  }

  private RegistrarProcess registrar() {
    return scope.registrars().getFirst();
  }

  @Test
  void elementsRegisterAndUsersFindThem() {
    begin();
    runFor(5);
    assertThat(registrar().view().orElseThrow().elements()).hasSize(6).allMatch(e -> e.living());
    scope.users().getFirst().resolve(scope.pools().getLast());
    runFor(1);
    assertThat(answers).singleElement().isInstanceOf(UserResult.Resolved.class);
    assertThat(sizes).endsWith(3);
  }

  @Test
  void killedElementIsFoundAtOnceAndASilentMachineByKeepAlives() {
    begin();
    runFor(5);
    ElementProcess callable = scope.elements().get(0);
    callable.node().kill(false);
    runFor(0.1);
    assertThat(removed).containsExactly(callable.id() + " transport");
    ElementProcess silent = scope.elements().get(1);
    silent.node().fail();
    runFor(2);
    assertThat(removed).hasSize(2).endsWith(silent.id() + " keep-alive");
    assertThat(registrar().view().orElseThrow().elements()).hasSize(4);
  }

  @Test
  void elementsComeBackToARegistrarThatHasForgottenEverything() {
    begin();
    runFor(5);
    registrar().node().kill(true);
    assertThat(registrar().view()).isEmpty();
    runFor(3);
    registrar().start();
    runFor(15);
    assertThat(registrar().view().orElseThrow().elements()).hasSize(6);
  }

  @Test
  void shortPauseChangesNothingAndALongOneEndsTheRegistration() {
    begin();
    runFor(5);
    ElementProcess element = scope.elements().getFirst();
    element.node().pause();
    runFor(0.15);
    element.node().resume();
    runFor(2);
    assertThat(removed).isEmpty();
    element.node().pause();
    runFor(3);
    assertThat(removed).hasSize(1);
    element.node().resume();
    runFor(1);
    assertThat(registrar().view().orElseThrow().elements()).hasSize(6);
  }

  @Test
  void damagedMessagesAreSurvived() {
    begin();
    runFor(5);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 500; i++) {
      for (Participant participant : scope.all()) {
        Injury injury = new Injury(random, (_, _) -> damages++);
        scope.network().damageOne(participant.node(), injury, random);
      }
      runFor(0.5);
    }
    runFor(30);
    assertThat(damages).isGreaterThan(1_000);
    assertThat(registrar().view().orElseThrow().elements()).hasSize(6);
  }

  @Test
  void traceHasALineForEachEventInColumns() {
    begin();
    runFor(2);
    assertThat(lines)
        .allMatch(line -> line.matches("[ 0-9]{7}\\.[0-9]{9} \\S+ +[a-z]+ +\\S.*"))
        .anyMatch(line -> line.contains("pe1      send     out-1 ASAP pr1 ASAP_REGISTRATION"));
  }

  @Test
  void sameSeedGivesTheSameTrace() {
    begin();
    runFor(20);
    List<String> other = new ArrayList<>();
    Simulation again = new Simulation(Trace.to(other::add));
    Scope twin = scope(again);
    twin.start();
    twin.elements().forEach(ElementProcess::join);
    twin.users().forEach(user -> user.watch(twin.pools().getFirst()));
    again.runUntil(20 * S);
    assertThat(other).isEqualTo(lines).hasSizeGreaterThan(500);
  }
}
