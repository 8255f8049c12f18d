package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.Script.MS;
import static io.rserpool.engine.registrar.Script.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.LossReason;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapRegistration;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DoubtTest {

  private static Script steady(int elements) {
    Script script = new Script(Profile.STANDARD).answering(true);
    for (int n = 1; n <= elements; n++) {
      script.joined(n);
    }
    script.toMs(2_500).answering(false);
    return script;
  }

  @Test
  void lateRegistrarBeginsOpenQuestionsAgain() {
    Script script = steady(1);
    long askedNs = script.nextKeepAlive(1);
    script.to(askedNs + 200 * MS).stallTo(askedNs + 300 * MS).tick();
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
    script.seen();
    script.to(askedNs + 550 * MS - 1);
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
    script.to(askedNs + 550 * MS);
    assertThat(script.events(RegistrarEvent.Removed.class)).hasSize(1);
  }

  @Test
  void latenessOfFortyMillisecondsIsStillInTime() {
    Script script = steady(1);
    long askedNs = script.nextKeepAlive(1);
    script.to(askedNs + 249 * MS).stallTo(askedNs + 290 * MS).tick();
    assertThat(script.events(RegistrarEvent.Removed.class)).hasSize(1);
  }

  @Test
  void overdueKeepAlivesAreSpread() {
    Script script = steady(20);
    script.seen();
    script.stallTo(script.nowNs() + 400 * MS).tick();
    int atOnce = script.sent(1).size() + script.sent(2).size() + script.sent(3).size();
    assertThat(atOnce).isZero();
    long wokeNs = script.nowNs();
    script.answering(true).to(wokeNs + 250 * MS);
    assertThat(script.seen()).hasSizeGreaterThan(5);
  }

  @Test
  void registrarThatIsLateAllTheTimeStillAsks() {
    Script script = steady(1);
    script.seen();
    for (int i = 0; i < 10; i++) {
      script.stallTo(script.nowNs() + 450 * MS).tick();
    }
    assertThat(script.keepAliveTimes(1)).isNotEmpty();
  }

  @Test
  void registrarThatWasAwayPassesNoVerdictUntilItHasLookedAround() {
    Script script = steady(2);
    long wokeNs = script.nowNs() + 3_000 * MS;
    script.seen();
    script.stallTo(wokeNs).down(1, LossReason.RESET);
    assertThat(script.events(RegistrarEvent.SelfDoubted.class)).hasSize(1);
    script.tick();
    script.to(wokeNs + 900 * MS - 1);
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
    script.to(wokeNs + 900 * MS);
    assertThat(script.events(RegistrarEvent.Removed.class))
        .extracting(RegistrarEvent.Removed::source)
        .contains(DeathSource.TRANSPORT);
  }

  @Test
  void elementThatComesBackDuringSelfDoubtIsNotRemovedForItsLostAssociation() {
    Script script = steady(1);
    long wokeNs = script.nowNs() + 3_000 * MS;
    script.stallTo(wokeNs).down(1, LossReason.RESET);
    script.upFrom(2, Script.address(1)).asap(2, new AsapRegistration(POOL, Script.element(1)));
    script.tick().answering(true).seen();
    for (int i = 0; i < 40; i++) {
      script.to(wokeNs + i * 50 * MS);
      script.asap(
          2,
          new io.rserpool.protocol.asap.AsapEndpointKeepAliveAck(
              POOL, io.rserpool.protocol.ElementId.of(1)));
    }
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
  }

  @Test
  void registrarThatWasAwayForLongWarmsUpAgain() {
    Script script = steady(1);
    script.stallTo(script.nowNs() + 3_000 * MS).tick().up(9);
    script.asap(9, new AsapHandleResolution(PoolHandle.of("nobody"), false, 0));
    assertThat(script.sent(9).getFirst().toString()).contains(CauseCode.LACK_OF_RESOURCES.text());
  }

  @Test
  void idleRegistrarIsNeverLate() {
    Script script = new Script(Profile.STANDARD).up(1);
    script.stallTo(100_000 * MS).up(2).tick();
    assertThat(script.events(RegistrarEvent.SelfDoubted.class)).isEmpty();
  }

  @Test
  void brakeHoldsTheVerdictsOfAMassLoss() {
    Script script = steady(20);
    script.seen();
    long silentNs = script.nowNs();
    // All fall silent: within a second all of them are asked, at most a quarter at once.
    script.asksAllAtOnce(20);
    script.to(silentNs + 251 * MS);
    assertThat(script.events(RegistrarEvent.BrakeChanged.class)).isNotEmpty();
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
    script.to(silentNs + 900 * MS - 1);
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
    script.to(silentNs + 900 * MS);
    assertThat(script.events(RegistrarEvent.Removed.class)).isNotEmpty();
  }

  @Test
  void tenSilentElementsAreNoMassLoss() {
    Script script = steady(20);
    script.seen();
    long silentNs = script.nowNs();
    script.asksAllAtOnce(10).answering(true).muted(10);
    script.to(silentNs + 250 * MS);
    assertThat(script.events(RegistrarEvent.BrakeChanged.class)).isEmpty();
    assertThat(script.events(RegistrarEvent.Removed.class)).hasSize(10);
  }

  @Test
  void flappingElementGetsMoreTimeFromTheThirdRemovalOn() {
    FlapDamping damping = new FlapDamping(RegistrarSettings.forProfile(Profile.STANDARD));
    ElementKey key = new ElementKey(POOL, io.rserpool.protocol.ElementId.of(1));
    long normal = 250 * MS;
    damping.removed(key, 0);
    damping.removed(key, 10_000 * MS);
    assertThat(damping.verdictNs(key, normal, 11_000 * MS)).isZero();
    damping.removed(key, 20_000 * MS);
    assertThat(damping.verdictNs(key, normal, 21_000 * MS)).isEqualTo(500 * MS);
    damping.removed(key, 30_000 * MS);
    assertThat(damping.verdictNs(key, normal, 31_000 * MS)).isEqualTo(1_000 * MS);
    damping.removed(key, 40_000 * MS);
    assertThat(damping.verdictNs(key, normal, 41_000 * MS)).isEqualTo(1_000 * MS);
    assertThat(damping.verdictNs(key, normal, 100_000 * MS - 1)).isEqualTo(1_000 * MS);
    assertThat(damping.verdictNs(key, normal, 100_000 * MS)).isZero();
  }

  @Test
  void budgetStretchesTheIntervalAndSaysSo() {
    Script script =
        new Script(
            RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
                .set(RegistrarSetting.MONITORING_BUDGET, 20)
                .build());
    for (int n = 1; n <= 10; n++) {
      script.joined(n);
    }
    assertThat(script.events(RegistrarEvent.IntervalChanged.class)).isEmpty();
    for (int n = 11; n <= 20; n++) {
      script.joined(n);
    }
    assertThat(script.events(RegistrarEvent.IntervalChanged.class)).isNotEmpty();
    assertThat(script.status().keepAliveInterval()).isEqualTo(Duration.ofSeconds(2));
  }
}
