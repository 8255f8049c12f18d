package io.rserpool.engine.element;

import static io.rserpool.engine.element.ElementScript.HOME;
import static io.rserpool.engine.element.ElementScript.ID;
import static io.rserpool.engine.element.ElementScript.INCOMING;
import static io.rserpool.engine.element.ElementScript.OTHER;
import static io.rserpool.engine.element.ElementScript.POOL;
import static io.rserpool.engine.element.ElementScript.accepted;
import static io.rserpool.engine.element.ElementScript.deregistered;
import static io.rserpool.engine.element.ElementScript.keepAlive;
import static io.rserpool.engine.element.ElementScript.listening;
import static io.rserpool.engine.element.ElementScript.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Input;
import io.rserpool.engine.hunt.Script;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementEngineTest {

  private static final long MS = Script.MS;

  private static long ms(Profile profile, long standard, long rfc, long rsplib) {
    return MS
        * switch (profile) {
          case STANDARD -> standard;
          case RFC -> rfc;
          case RSPLIB -> rsplib;
        };
  }

  @Test
  void anElementHuntsRegistersAndTellsWhoAsked() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId home = element.register(ID).script.called().getFirst();
    assertThat(element.script.sent()).isEmpty();
    element.script.up(home);
    assertThat(element.registrations())
        .singleElement()
        .satisfies(r -> {
          assertThat(r.handle()).isEqualTo(POOL);
          assertThat(r.element().elementId()).isEqualTo(ID);
          assertThat(r.element().registrationLife()).isEqualTo(60);
          assertThat(r.element().homeId()).isEqualTo(ServerId.NONE);
        });
    ErrorCause warning = ErrorCause.of(CauseCode.INVALID_VALUES);
    element.script.receive(home, accepted(warning));
    assertThat(element.script.replies())
        .containsExactly(new ElementResult.Registered(ID, ServerId.NONE, List.of(warning)));
    assertThat(element.script.events())
        .containsExactly(new ElementEvent.Registered(POOL, ID, Script.registrars(1).getFirst()));
  }

  @Test
  void theLifeIsInMillisecondsTowardsRsplib() {
    var element = ElementScript.of(Profile.RSPLIB, 1);
    element.script.up(element.register(ID).script.called().getFirst());
    assertThat(element.registrations().getFirst().element().registrationLife()).isEqualTo(90_000);
  }

  @Test
  void aRandomIdentifierIsNeverZeroAndStaysTheSame() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId home = element.register(ElementId.NONE).script.called().getFirst();
    element.script.up(home);
    ElementId id = element.registrations().getFirst().element().elementId();
    assertThat(id.isNone()).isFalse();
    element.script.receive(home, AsapRegistrationResponse.accepted(POOL, id));
    element.script.pass(20_000 * MS);
    assertThat(element.registrations().getFirst().element().elementId()).isEqualTo(id);
  }

  @Test
  void anUnspecifiedListeningAddressIsReplacedByTheAssociationsOwn() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    element.script.up(element.register(ID, listening(4711)).script.called().getFirst());
    assertThat(element.registrations().getFirst().element().asapTransport())
        .isEqualTo(new AsapTransport.Tcp(Script.LOCAL, 4711));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void t2StartsAHuntExactlyWhenItExpires(Profile profile) {
    var element = ElementScript.of(profile, 2);
    AssociationId home = element.register(ID).script.called().getFirst();
    element.script.up(home);
    long t2Ns = element.script.nowNs() + ms(profile, 1000, 30_000, 3000);
    long delayNs = 100 * MS;
    element.script.passTo(t2Ns - 1);
    assertThat(element.script.called()).isEmpty();
    element.script.passTo(t2Ns + delayNs);
    assertThat(element.script.called()).isNotEmpty();
    assertThat(element.script.closed()).as("a late answer is still welcome").isEmpty();
  }

  @Test
  void aLateAnswerEndsTheHunt() {
    var element = ElementScript.of(Profile.STANDARD, 3);
    AssociationId home = element.register(ID).script.called().getFirst();
    element.script.up(home).pass(1050 * MS);
    List<AssociationId> calls = element.script.pass(60 * MS).called();
    element.script.receive(home, accepted());
    assertThat(element.script.replies()).hasSize(1);
    assertThat(element.script.closed()).containsAll(calls);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void t4RenewsTheRegistrationExactlyInTime(Profile profile) {
    var settings =
        ElementScript.settings(profile, 1).toBuilder().homeSilenceUnknown(Duration.ZERO).build();
    var element = new ElementScript(settings);
    AssociationId home = element.registered();
    long t4Ns = element.script.nowNs() + ms(profile, 20_000, 280_000, 30_000);
    assertThat(element.script.passTo(t4Ns - 1).sent()).isEmpty();
    element.script.passTo(t4Ns);
    assertThat(element.registrations()).hasSize(1);
    element.script.receive(home, accepted());
    assertThat(element.script.passTo(2 * t4Ns).replies()).isEmpty();
  }

  @Test
  void t4IsShortenedByATenthAtMostInStandard() {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int seed = 0; seed < 300; seed++) {
      var settings =
          ElementScript.settings(Profile.STANDARD, 1).toBuilder()
              .t4JitterPercent(10)
              .homeSilenceUnknown(Duration.ZERO)
              .build();
      var engine = new ElementEngine(settings, new SplittableRandom(seed));
      var script = new Script(engine);
      script.give(
          new ElementRequest.Register(
              1,
              POOL,
              ID,
              ElementScript.SERVICE,
              new Policy.LeastUsed(0),
              AsapTransport.Absent.INSTANCE));
      AssociationId home = script.called().getFirst();
      script.up(home).receive(home, accepted());
      long t4Ns = engine.nextDeadlineNs() - script.nowNs();
      least = Math.min(least, t4Ns);
      most = Math.max(most, t4Ns);
    }
    assertThat(least).isBetween(18_000 * MS, 18_100 * MS);
    assertThat(most).isBetween(19_900 * MS, 20_000 * MS);
  }

  @Test
  void aRejectionIsFinalAndNothingIsSentAgain() {
    var element = ElementScript.of(Profile.STANDARD, 2);
    AssociationId home = element.register(ID).script.called().getFirst();
    element.script.up(home);
    element.script.receive(home, rejected(ID, CauseCode.INCONSISTENT_POLICY));
    assertThat(element.script.replies())
        .containsExactly(
            new ElementResult.Rejected(List.of(ErrorCause.of(CauseCode.INCONSISTENT_POLICY))));
    assertThat(element.script.events()).hasAtLeastOneElementOfType(ElementEvent.Rejected.class);
    assertThat(element.script.closed()).contains(home);
    assertThat(element.script.pass(600_000 * MS).effects()).isEmpty();
  }

  @Test
  void aRegistrarWithoutRoomIsLeftForAnotherOneAndAskedAgainLater() {
    var element = ElementScript.of(Profile.STANDARD, 2);
    AssociationId home = element.register(ID).script.called().getFirst();
    var full = element.endpointOf(home);
    element.script.up(home);
    element.script.receive(home, rejected(ID, CauseCode.LACK_OF_RESOURCES));
    assertThat(element.script.replies()).isEmpty();
    element.script.pass(100 * MS);
    assertThat(element.script.calledEndpoints()).hasSize(1).doesNotContain(full);
    element.script.pass(900 * MS);
    assertThat(element.script.sentOn(home)).as("the same again, but later").hasSize(1);
    element.script.receive(home, accepted());
    assertThat(element.script.replies()).hasSize(1);
  }

  @Test
  void aTakenRandomIdentifierIsReplacedAndAChosenOneIsNot() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId home = element.register(ElementId.NONE).script.called().getFirst();
    element.script.up(home);
    ElementId first = element.registrations().getFirst().element().elementId();
    element.script.receive(home, rejected(first, CauseCode.NON_UNIQUE_ELEMENT_ID));
    ElementId second = element.registrations().getFirst().element().elementId();
    assertThat(second).isNotEqualTo(first);
    element.script.receive(home, rejected(second, CauseCode.NON_UNIQUE_ELEMENT_ID));
    assertThat(element.registrations()).as("not in a hot loop").isEmpty();
    element.script.pass(1000 * MS);
    assertThat(element.registrations()).hasSize(1);

    var chosen = ElementScript.of(Profile.STANDARD, 1);
    AssociationId other = chosen.register(ID).script.called().getFirst();
    chosen.script.up(other);
    chosen.script.receive(other, rejected(ID, CauseCode.NON_UNIQUE_ELEMENT_ID));
    assertThat(chosen.script.replies()).singleElement().isInstanceOf(ElementResult.Rejected.class);
  }

  @Test
  void updatesGoOutAtOnceThenOncePerGapWithTheLatestValue() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId home = element.registered();
    element.script.pass(200 * MS);
    assertThat(element.update(1).loads()).containsExactly(1L);
    long sentNs = element.script.nowNs();
    element.script.receive(home, accepted());
    assertThat(element.update(2).loads()).isEmpty();
    assertThat(element.update(3).script.replies()).containsExactly(new ElementResult.Done());
    element.script.passTo(sentNs + 100 * MS - 1);
    assertThat(element.loads()).isEmpty();
    element.script.passTo(sentNs + 100 * MS);
    assertThat(element.loads()).containsExactly(3L);
  }

  @Test
  void anUpdateDuringARegistrationFollowsItsAnswer() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId home = element.register(ID).script.called().getFirst();
    element.script.up(home);
    assertThat(element.update(5).loads()).isEmpty();
    element.script.pass(500 * MS);
    assertThat(element.loads()).isEmpty();
    element.script.receive(home, accepted());
    assertThat(element.loads()).containsExactly(5L);
  }

  @Test
  void anUpdateOfAnotherPolicyTypeIsIllegal() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    element.registered();
    element.script.give(new ElementRequest.Update(9, new Policy.Priority(1)));
    assertThat(element.script.replies()).singleElement().isInstanceOf(ElementResult.Illegal.class);
  }

  @Test
  void aKeepAliveIsAnsweredOnItsOwnAssociationWhateverTheFlag() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId home = element.registered();
    var ack = new AsapEndpointKeepAliveAck(POOL, ID);
    element.script.receive(home, keepAlive(HOME, false));
    assertThat(element.script.sentOn(home)).containsExactly(ack);
    assertThat(element.script.events())
        .containsExactly(new ElementEvent.HomeChanged(POOL, ID, HOME));
    element.script.up(INCOMING).receive(INCOMING, keepAlive(OTHER, false));
    assertThat(element.script.sentOn(INCOMING)).containsExactly(ack);
    assertThat(element.script.effects()).hasSize(1);
  }

  @Test
  void aKeepAliveForAnotherPoolOrElementIsDroppedSilently() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId home = element.registered();
    element.script.receive(
        home, new AsapEndpointKeepAlive(HOME, true, PoolHandle.of("other"), ElementId.NONE));
    assertThat(element.script.effects()).isEmpty();
    element.script.receive(home, new AsapEndpointKeepAlive(HOME, true, POOL, ElementId.of(0x9999)));
    assertThat(element.script.effects()).isEmpty();
  }

  @Test
  void theHomeFlagMovesTheElementAndTheOldAssociationEndsAfterTheGrace() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId old = element.registered();
    element.script.receive(old, keepAlive(HOME, false));
    element.script.up(INCOMING).receive(INCOMING, keepAlive(OTHER, true));
    assertThat(element.script.sentOn(INCOMING))
        .hasSize(2)
        .first()
        .isEqualTo(new AsapEndpointKeepAliveAck(POOL, ID));
    assertThat(element.registrations()).hasSize(1);
    assertThat(element.script.events()).contains(new ElementEvent.HomeChanged(POOL, ID, OTHER));
    element.script.pass(500 * MS);
    element.script.receive(INCOMING, accepted());
    long acceptedNs = element.script.nowNs();
    assertThat(element.script.passTo(acceptedNs + 200 * MS - 1).closed()).isEmpty();
    assertThat(element.script.passTo(acceptedNs + 200 * MS).closed()).containsExactly(old);
    element.script.down(INCOMING);
    assertThat(element.script.events())
        .hasAtLeastOneElementOfType(ElementEvent.RegistrarLost.class);
  }

  @Test
  void anUnauthenticatedCallerDoesNotBecomeTheHomeWhereThatIsDemanded() {
    var settings =
        ElementScript.settings(Profile.STANDARD, 1).toBuilder()
            .authenticatedHomesOnly(true)
            .build();
    var element = new ElementScript(settings);
    element.registered();
    element.script.up(INCOMING).receive(INCOMING, keepAlive(OTHER, true));
    assertThat(element.registrations()).isEmpty();
    assertThat(element.script.sentOn(INCOMING)).as("but it is answered").hasSize(1);
  }

  @Test
  void aLostHomeIsReplacedAndTheElementRegistersAtOnce() {
    var element = ElementScript.of(Profile.STANDARD, 3);
    AssociationId home = element.registered();
    element.script.down(home);
    assertThat(element.script.events())
        .singleElement()
        .isInstanceOf(ElementEvent.RegistrarLost.class);
    AssociationId next = element.script.pass(100 * MS).called().getFirst();
    element.script.up(next);
    assertThat(element.registrations()).hasSize(1);
    element.script.receive(next, accepted());
    assertThat(element.script.events()).hasAtLeastOneElementOfType(ElementEvent.Registered.class);
    assertThat(element.script.replies()).isEmpty();
  }

  @Test
  void anElementThatRanOutRegistersAgain() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId home = element.registered();
    element.script.pass(1000 * MS);
    element.script.receive(home, deregistered(LeaveRequest.NONE));
    assertThat(element.registrations()).hasSize(1);
  }

  @Test
  void anElementTakenOutByHandTellsSoAndStaysOut() {
    for (LeaveRequest leave : List.of(LeaveRequest.REMOVE, LeaveRequest.DRAIN)) {
      var element = ElementScript.of(Profile.STANDARD, 1);
      AssociationId home = element.registered();
      element.script.receive(home, deregistered(leave));
      assertThat(element.script.events())
          .containsExactly(new ElementEvent.AskedToLeave(POOL, ID, leave));
      assertThat(element.script.closed()).containsExactly(home);
      assertThat(element.script.pass(600_000 * MS).effects()).isEmpty();
    }
  }

  @Test
  void leavingDeregistersAndIsDoneWhenConfirmed() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId home = element.registered();
    element.leave();
    assertThat(element.script.sent()).containsExactly(new AsapDeregistration(POOL, ID));
    assertThat(element.script.replies()).isEmpty();
    element.script.receive(home, deregistered(LeaveRequest.NONE));
    assertThat(element.script.replies()).containsExactly(new ElementResult.Done());
    assertThat(element.script.closed()).containsExactly(home);
    assertThat(element.script.pass(600_000 * MS).effects()).isEmpty();
    element.register(ID);
    assertThat(element.script.called()).as("it can register again").hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void t3SeeksAnotherRegistrarAndLeavingEndsInBoundedTime(Profile profile) {
    var element = ElementScript.of(profile, 2);
    AssociationId home = element.registered();
    element.leave();
    long leftNs = element.script.nowNs();
    long t3Ns = ms(profile, 1000, 30_000, 3000);
    assertThat(element.script.passTo(leftNs + t3Ns - 1).called()).isEmpty();
    if (profile == Profile.RSPLIB) {
      assertThat(element.script.passTo(leftNs + t3Ns).replies())
          .containsExactly(new ElementResult.Done());
      return;
    }
    AssociationId next = element.script.passTo(leftNs + t3Ns + 100 * MS).called().getFirst();
    element.script.up(next);
    assertThat(element.script.sentOn(next)).containsExactly(new AsapDeregistration(POOL, ID));
    assertThat(element.script.passTo(leftNs + 3 * t3Ns - 1).replies()).isEmpty();
    assertThat(element.script.passTo(leftNs + 3 * t3Ns).replies())
        .containsExactly(new ElementResult.Done());
    assertThat(element.script.closed()).contains(next);
    assertThat(home).isNotEqualTo(next);
  }

  @Test
  void aSilentHomeIsProbedByARegistrationAndLeftIfItDoesNotAnswer() {
    var element = ElementScript.of(Profile.STANDARD, 2);
    AssociationId home = element.registered();
    long heardNs = element.script.nowNs();
    assertThat(element.script.passTo(heardNs + 12_000 * MS - 1).sent()).isEmpty();
    element.script.passTo(heardNs + 12_000 * MS);
    assertThat(element.registrations()).hasSize(1);
    element.script.receive(home, accepted());
    for (int i = 0; i < 2; i++) {
      element.script.receive(home, keepAlive(HOME, false)).pass(1000 * MS);
    }
    heardNs = element.script.nowNs() - 1000 * MS;
    assertThat(element.script.passTo(heardNs + 2500 * MS - 1).sent()).isEmpty();
    element.script.passTo(heardNs + 2500 * MS);
    assertThat(element.registrations()).hasSize(1);
    element.script.pass(1100 * MS);
    assertThat(element.script.called()).as("T2 expired: hunt").isNotEmpty();
  }

  /// Who asks from elsewhere has lost the element, or believes its home dead.
  @Test
  void aQuestionFromElsewhereMakesAQuietHomeBeProbed() {
    for (long quietNs : new long[] {1_250 * MS - 1, 1_250 * MS}) {
      var element = ElementScript.of(Profile.STANDARD, 2);
      AssociationId home = element.registered();
      element.script.receive(home, keepAlive(HOME, false));
      long heardNs = element.script.nowNs();
      element.script.passTo(heardNs + quietNs).effects();
      element.script.up(INCOMING).receive(INCOMING, keepAlive(OTHER, false));
      element.script.passTo(heardNs + quietNs);
      assertThat(element.registrations()).hasSize(quietNs < 1_250 * MS ? 0 : 1);
    }
  }

  @Test
  void theWatchFollowsARegistrarThatSendsKeepAlivesRarely() {
    var watch = new HomeWatch(ElementSettings.forProfile(Profile.STANDARD));
    assertThat(watch.deadlineNs(0)).isEqualTo(12_000 * MS);
    watch.keepAlive(0);
    assertThat(watch.deadlineNs(0)).isEqualTo(12_000 * MS);
    watch.keepAlive(10_000 * MS);
    assertThat(watch.deadlineNs(10_000 * MS)).isEqualTo(35_000 * MS);
    for (int i = 1; i <= 5; i++) {
      watch.keepAlive((10_000 + 40 * i) * MS);
    }
    assertThat(watch.deadlineNs(0)).as("a burst of probes").isEqualTo(2500 * MS);
  }

  @Test
  void inRfcAndRsplibTheWatchWaitsForTheFirstTwoKeepAlives() {
    for (Profile profile : List.of(Profile.RFC, Profile.RSPLIB)) {
      var watch = new HomeWatch(ElementSettings.forProfile(profile));
      assertThat(watch.deadlineNs(0)).isEqualTo(Engine.NEVER);
      watch.keepAlive(0);
      watch.keepAlive(MS);
      assertThat(watch.deadlineNs(0)).isEqualTo(ms(profile, 0, 75_000, 12_500));
    }
  }

  @Test
  void theHomeIsNotBlamedForALateTick() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId home = element.registered();
    element.script.receive(home, keepAlive(HOME, false)).pass(1000 * MS);
    element.script.receive(home, keepAlive(HOME, false));
    element.script.freeze(2800 * MS);
    assertThat(element.registrations()).as("late by 300 ms: the home gets them").isEmpty();
    assertThat(element.script.pass(300 * MS - 1).sent()).isEmpty();
    element.script.pass(1);
    assertThat(element.registrations()).hasSize(1);
  }

  @Test
  void afterALongPauseTheElementRegistersAgainSoon() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId home = element.registered();
    element.script.receive(home, keepAlive(HOME, false)).pass(1000 * MS);
    element.script.receive(home, keepAlive(HOME, false));
    element.script.freeze(15_000 * MS);
    assertThat(element.registrations()).isEmpty();
    element.script.pass(250 * MS);
    assertThat(element.registrations()).hasSize(1);
  }

  @Test
  void whatWasNotUnderstoodIsReportedAndAnErrorIsNotAnsweredByAnother() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId home = element.registered();
    List<ErrorCause> causes = List.of(ErrorCause.of(CauseCode.UNRECOGNIZED_PARAMETER));
    element.script.give(new Input.AsapReceived(home, keepAlive(HOME, false), causes));
    assertThat(element.script.sent()).contains(new AsapError(causes)).hasSize(2);
    element.script.give(new Input.AsapReceived(home, new AsapError(causes), causes));
    assertThat(element.script.sent()).isEmpty();
  }

  @Test
  void tooManyMalformedMessagesBreakTheAssociation() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId home = element.registered();
    var malformed = new Input.MalformedReceived(home, List.of(), "length 3 at byte 2");
    element.script.give(malformed).give(malformed);
    assertThat(element.script.aborted()).isEmpty();
    element.script.give(malformed);
    assertThat(element.script.aborted()).containsExactly(home);
    assertThat(element.script.pass(100 * MS).called()).hasSize(1);
  }

  @Test
  void callsOfRegistrarsAreBounded() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    element.registered();
    for (int i = 1; i <= 16; i++) {
      assertThat(element.script.up(new AssociationId(i)).effects()).isEmpty();
    }
    AssociationId one = new AssociationId(17);
    assertThat(element.script.up(one).aborted()).containsExactly(one);
  }

  @Test
  void shutdownClosesEverythingWithoutDeregistering() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId home = element.registered();
    element.script.give(new ElementRequest.Shutdown(77));
    assertThat(element.script.sent()).isEmpty();
    assertThat(element.script.closed()).containsExactly(home);
    assertThat(element.script.replies()).containsExactly(new ElementResult.Done());
    assertThat(element.script.pass(600_000 * MS).effects()).isEmpty();
    assertThat(element.register(ID).script.replies())
        .singleElement()
        .isInstanceOf(ElementResult.Illegal.class);
  }

  @Test
  void settingsNameTheirOverridesAndRefuseContradictions() {
    ElementSettings standard = ElementSettings.forProfile(Profile.STANDARD);
    assertThat(standard.overrides()).isEmpty();
    assertThat(standard.withRegistrationLife(Duration.ofSeconds(30)).overrides())
        .containsExactly("registration-life=30s", "t4-reregistration=10s");
    assertThatThrownBy(() -> standard.toBuilder().registrationLife(Duration.ofSeconds(10)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("t4-reregistration must be below registration-life");
    assertThat(standard.withRegistrationLife(ElementSettings.LIFE_INFINITE).lifeOnTheWire())
        .isEqualTo(-1);
  }
}
