package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.Script.MS;
import static io.rserpool.engine.registrar.Script.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import io.rserpool.protocol.asap.AsapRegistration;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final AsapEndpointUnreachable REPORT =
      new AsapEndpointUnreachable(POOL, ElementId.of(1));

  private static Script steady(Profile profile) {
    Script script = new Script(profile).joined(1).answering(true);
    script.nextKeepAlive(1);
    script.answering(false).up(11).up(12).up(13).up(14);
    script.to(script.nowNs() + 10 * MS);
    script.seen();
    return script;
  }

  @Test
  void reportSendsAKeepAliveAtOnceAndSilenceRemovesWithinTheVerdictTime() {
    Script script = steady(Profile.STANDARD);
    long reportedNs = script.nowNs();
    script.asap(11, REPORT);
    assertThat(script.keepAliveTimes(1)).containsExactly(reportedNs);

    script.to(reportedNs + 250 * MS - 1);
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
    script.to(reportedNs + 250 * MS);
    assertThat(script.events(RegistrarEvent.Removed.class))
        .singleElement()
        .extracting(RegistrarEvent.Removed::source)
        .isEqualTo(DeathSource.KEEP_ALIVE);
  }

  @Test
  void secondReportWithinTheIntervalSendsNoFurtherKeepAlive() {
    Script script = steady(Profile.STANDARD);
    script.asap(11, REPORT);
    script.to(script.nowNs() + MS).answer(1);
    script.seen();
    script.asap(12, REPORT);
    assertThat(script.keepAliveTimes(1)).isEmpty();
  }

  @Test
  void thirdDistinctReporterRemovesInEveryProfile() {
    for (Profile profile : Profile.values()) {
      Script script = steady(profile);
      script.asap(11, REPORT).asap(11, REPORT).asap(12, REPORT);
      assertThat(script.events(RegistrarEvent.Removed.class)).as("%s", profile).isEmpty();
      script.asap(13, REPORT);
      assertThat(script.events(RegistrarEvent.Removed.class))
          .as("%s", profile)
          .singleElement()
          .extracting(RegistrarEvent.Removed::source)
          .isEqualTo(DeathSource.REPORTS);
    }
  }

  @Test
  void answerYoungerThanTheLastReportForgetsThemButNotInRsplib() {
    Script script = steady(Profile.STANDARD);
    script.asap(11, REPORT).asap(12, REPORT);
    script.to(script.nowNs() + MS).answer(1).asap(13, REPORT).asap(14, REPORT);
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();

    Script rsplib = steady(Profile.RSPLIB);
    rsplib.asap(11, REPORT).asap(12, REPORT);
    rsplib.to(rsplib.nowNs() + MS).answer(1).asap(13, REPORT);
    assertThat(rsplib.events(RegistrarEvent.Removed.class)).hasSize(1);
  }

  @Test
  void reportsOnAnElementOfAnotherHomeAreNotCounted() {
    RegistrarSettings settings =
        RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
            .set(RegistrarSetting.REPORTS_RESET_BY_ANSWER, false)
            .build();
    Script script = AssociationLossTest.orphan(settings).up(11).up(12).up(13);
    script.to(script.nowNs() + MS).seen();
    script.asap(11, REPORT).asap(12, REPORT).asap(13, REPORT);
    assertThat(script.events(RegistrarEvent.Reported.class))
        .hasSize(3)
        .allMatch(reported -> reported.reporters() == 0);
    assertThat(script.status().elements()).isEqualTo(1);

    script.upFrom(2, Script.address(1)).asap(2, new AsapRegistration(POOL, Script.callable(1)));
    script.to(script.nowNs() + MS).seen();
    script.asap(11, REPORT);
    assertThat(script.events(RegistrarEvent.Reported.class))
        .singleElement()
        .extracting(RegistrarEvent.Reported::reporters)
        .isEqualTo(1);
    assertThat(script.status().elements()).isEqualTo(1);
  }

  @Test
  void rsplibOnlyCounts() {
    Script rsplib = steady(Profile.RSPLIB);
    rsplib.asap(11, REPORT);
    assertThat(rsplib.keepAliveTimes(1)).isEmpty();
  }

  @Test
  void reportsAreNeverAnsweredAndUnknownElementsIgnored() {
    Script script = steady(Profile.STANDARD);
    script.asap(11, new AsapEndpointUnreachable(POOL, ElementId.of(99))).asap(11, REPORT);
    assertThat(script.sent(11)).isEmpty();
    assertThat(script.events(RegistrarEvent.Reported.class)).hasSize(1);
  }

  @Test
  void floodOfReportsIsDroppedAndEndsTheAssociation() {
    Script script = steady(Profile.STANDARD);
    for (int i = 0; i < 10; i++) {
      script.asap(11, REPORT);
    }
    assertThat(script.events(RegistrarEvent.LimitHit.class)).isEmpty();
    for (int i = 0; i < 100; i++) {
      script.asap(11, REPORT);
    }
    assertThat(script.events(RegistrarEvent.LimitHit.class)).hasSize(100);
    assertThat(script.effects(io.rserpool.engine.Effect.Abort.class)).hasSize(1);
    assertThat(script.status().elements()).isEqualTo(1);
  }
}
