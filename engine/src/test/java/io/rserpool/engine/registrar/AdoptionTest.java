package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.callable;
import static io.rserpool.engine.registrar.PeerScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.UpdateAction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What the winner of a takeover does with the elements: RFC 5353 section 3.5.2, and `docs` on calls.
class AdoptionTest {

  /// Peer 3 is dead, and this registrar has taken it over with these elements; peer 7 looks on.
  private static PeerScript won(Profile profile, PoolElementParameter... elements) {
    return won(RegistrarSettings.forProfile(profile), elements);
  }

  private static PeerScript won(RegistrarSettings settings, PoolElementParameter... elements) {
    PeerScript script = PeerScript.among(settings, 3, 7).lively(7);
    for (PoolElementParameter element : elements) {
      script.adds(3, element);
    }
    script.loses(3, LossReason.RESET).fails(3, LossReason.REFUSED).forget();
    return script.says(7, TakeoverTest.ack(7, 3));
  }

  private static AsapEndpointKeepAliveAck alive(long n) {
    return new AsapEndpointKeepAliveAck(Script.POOL, ElementId.of((int) n));
  }

  private static EnrpHandleUpdate update(
      PeerScript script, UpdateAction action, PoolElementParameter e) {
    return new EnrpHandleUpdate(
        ID,
        script.profile() == Profile.RSPLIB ? id(7) : io.rserpool.protocol.ServerId.NONE,
        action,
        false,
        Script.POOL,
        e);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void eachElementIsCalledAndToldItsNewHome(Profile profile) {
    PeerScript script = won(profile, callable(3, 1), callable(3, 2));
    assertThat(script.view().sizes()).containsEntry("adoptions", 2).containsEntry("calls", 2);
    AssociationId call = script.takesCall(1);
    ElementId named = profile == Profile.RSPLIB ? ElementId.of(1) : ElementId.NONE;
    assertThat(script.asapSent(call))
        .containsExactly(new AsapEndpointKeepAlive(ID, true, Script.POOL, named));
    assertThat(script.sent(7, EnrpHandleUpdate.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void elementThatAnswersIsOwnAndToldToAll(Profile profile) {
    PeerScript script = won(profile, callable(3, 1));
    AssociationId call = script.takesCall(1);
    script.passMs(5).asap(call.value(), alive(1));

    assertThat(script.view().elements())
        .singleElement()
        .satisfies(element -> assertThat(element.living()).isTrue());
    assertThat(script.sent(7, EnrpHandleUpdate.class))
        .containsExactly(update(script, UpdateAction.ADD_PE, callable(3, 1).withHome(ID)));
    assertThat(script.view().sizes()).containsEntry("adoptions", 0).containsEntry("calls", 0);
    assertThat(script.effects(Effect.Close.class)).doesNotContain(new Effect.Close(call));
    script.forget().passMs(profile == Profile.RFC ? 45_000 : 5_000);
    assertThat(script.asapSent(call))
        .first()
        .isInstanceOfSatisfying(
            AsapEndpointKeepAlive.class, asked -> assertThat(asked.home()).isFalse());
  }

  @Test
  void adoptedElementThatFallsSilentIsRemovedAsAnyOther() {
    PeerScript script = won(Profile.STANDARD, callable(3, 1));
    AssociationId call = script.takesCall(1);
    script.asap(call.value(), alive(1)).forget().passMs(3_000);
    assertThat(script.events(RegistrarEvent.Removed.class))
        .singleElement()
        .satisfies(removed -> assertThat(removed.source()).isEqualTo(DeathSource.KEEP_ALIVE));
    assertThat(script.sent(7, EnrpHandleUpdate.class))
        .extracting(EnrpHandleUpdate::action)
        .containsExactly(UpdateAction.DEL_PE);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void elementThatRefusesTheCallIsRemovedAtOnce(Profile profile) {
    PeerScript script = won(profile, callable(3, 1));
    script.lost(script.callTo(1).orElseThrow(), LossReason.REFUSED);
    assertThat(script.element(1)).isEmpty();
    // Named as the old home's: only who has followed the takeover removes it.
    assertThat(script.sent(7, EnrpHandleUpdate.class))
        .containsExactly(update(script, UpdateAction.DEL_PE, callable(3, 1)));
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,1000", "RFC,5000", "RSPLIB,5000"})
  void elementThatDoesNotAnswerIsRemovedExactlyInTime(Profile profile, long callMs) {
    PeerScript script = won(profile, callable(3, 1), callable(3, 2));
    long wonNs = script.nowNs();
    AssociationId call = script.takesCall(1); // The other one is not even connected.

    script.to(wonNs + callMs * MS - 1);
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
    script.to(wonNs + callMs * MS);
    assertThat(script.events(RegistrarEvent.Removed.class))
        .hasSize(2)
        .allMatch(removed -> removed.source() == DeathSource.TRANSPORT);
    script.to(wonNs + callMs * MS + 1);
    assertThat(script.effects(Effect.Close.class)).contains(new Effect.Close(call));
    assertThat(script.view().sizes()).containsEntry("adoptions", 0).containsEntry("calls", 0);
    assertThat(script.sent(7, EnrpHandleUpdate.class)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void elementThatCannotBeCalledHasTheGrace(Profile profile) {
    PoolElementParameter portZero =
        at(3, 2).withAsapTransport(new AsapTransport.Tcp(Script.address(2), 0));
    PeerScript script = won(profile, at(3, 1), portZero);
    long graceNs = RegistrarSettings.forProfile(profile).ns(RegistrarSetting.ADOPTION_GRACE);
    long wonNs = script.nowNs();
    assertThat(script.effects(Effect.Open.class)).isEmpty();

    script.to(wonNs + graceNs - 1);
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
    script.to(wonNs + graceNs);
    assertThat(script.events(RegistrarEvent.Removed.class)).hasSize(2);
    assertThat(script.sent(7, EnrpHandleUpdate.class))
        .extracting(EnrpHandleUpdate::action)
        .containsExactly(UpdateAction.DEL_PE, UpdateAction.DEL_PE);
  }

  @Test
  void elementToWhichThereIsNoWayHasTheGrace() {
    PeerScript script = won(Profile.STANDARD, callable(3, 1));
    script.passMs(100).lost(script.callTo(1).orElseThrow(), LossReason.UNREACHABLE);
    long failedNs = script.nowNs();
    script.to(failedNs + 5_000 * MS - 1);
    assertThat(script.element(1)).isPresent();
    script.to(failedNs + 5_000 * MS);
    assertThat(script.element(1)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void registrationEndsTheGrace(Profile profile) {
    PeerScript script = won(profile, at(3, 1)).passMs(4_000).registers(1);
    assertThat(script.sent(7, EnrpHandleUpdate.class))
        .extracting(EnrpHandleUpdate::action)
        .containsExactly(UpdateAction.ADD_PE);
    script.forget().passMs(10_000);
    assertThat(script.home(1)).contains(ID);
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void registrationDuringTheCallEndsTheCallALittleLater(Profile profile) {
    PeerScript script = won(profile, callable(3, 1));
    AssociationId call = script.takesCall(1);
    script.registers(1, 1, Script.callable(1));
    long endNs = script.nowNs() + 200 * MS;
    script.to(endNs - 1);
    assertThat(script.effects(Effect.Close.class)).isEmpty();
    script.to(endNs);
    assertThat(script.effects(Effect.Close.class)).contains(new Effect.Close(call));
    assertThat(script.view().sizes()).containsEntry("adoptions", 0);
    script.passMs(10_000);
    assertThat(script.home(1)).contains(ID);
  }

  @Test
  void registrationOverTheCalledAssociationKeepsIt() {
    PeerScript script = won(Profile.STANDARD, callable(3, 1));
    AssociationId call = script.takesCall(1);
    script.asap(call.value(), new AsapRegistration(Script.POOL, Script.callable(1)));
    assertThat(script.asapSent(call))
        .last()
        .isInstanceOfSatisfying(
            AsapRegistrationResponse.class, response -> assertThat(response.rejected()).isFalse());
    script.asap(call.value(), alive(1));
    assertThat(script.home(1)).contains(ID);
    assertThat(script.view().elements().getFirst().living()).isTrue();
    assertThat(script.effects(Effect.Close.class)).doesNotContain(new Effect.Close(call));
  }

  @Test
  void elementThatRegistersElsewhereIsNotWaitedFor() {
    PeerScript script = won(Profile.STANDARD, callable(3, 1));
    AssociationId call = script.takesCall(1);
    script.adds(7, callable(7, 1));
    assertThat(script.home(1)).contains(id(7));
    assertThat(script.effects(Effect.Close.class)).contains(new Effect.Close(call));
    script.asap(call.value(), alive(1)).passMs(10_000);
    assertThat(script.home(1)).contains(id(7));
  }

  @Test
  void elementThatLeavesDuringTheCallIsGone() {
    PeerScript script = won(Profile.STANDARD, callable(3, 1));
    AssociationId call = script.takesCall(1);
    script.asap(call.value(), new AsapDeregistration(Script.POOL, ElementId.of(1)));
    assertThat(script.element(1)).isEmpty();
    List<Effect> effects = script.effects(Effect.class);
    Effect answer =
        new Effect.SendAsap(
            call, new AsapDeregistrationResponse(Script.POOL, ElementId.of(1), List.of()));
    assertThat(effects).contains(answer, new Effect.Close(call));
    assertThat(effects.indexOf(answer)).isLessThan(effects.indexOf(new Effect.Close(call)));
    assertThat(script.sent(7, EnrpHandleUpdate.class))
        .extracting(EnrpHandleUpdate::action)
        .containsExactly(UpdateAction.DEL_PE);
  }

  @Test
  void answerOverAnotherAssociationDoesNotCount() {
    PeerScript script = won(Profile.STANDARD, callable(3, 1));
    script.up(new AssociationId(60), AssociationKind.ASAP, 60, PeerIdentity.ANONYMOUS);
    script.asap(60, alive(1)).passMs(1_000);
    assertThat(script.element(1)).isEmpty();
  }

  @Test
  void notMoreElementsAreCalledAtOnceThanAllowed() {
    RegistrarSettings settings =
        RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
            .set(RegistrarSetting.CALLS_MAX, 2)
            .build();
    PeerScript script = won(settings, callable(3, 1), callable(3, 2), callable(3, 3));
    assertThat(script.effects(Effect.Open.class)).hasSize(2);
    script.takesCall(1);
    script.asap(script.callTo(1).orElseThrow().value(), alive(1));
    assertThat(script.effects(Effect.Open.class)).hasSize(3);
    script.takesCall(3);
    assertThat(script.events(PeerEvent.TakeoverWon.class)).hasSize(1);
  }

  @Test
  void lifeOfAnAdoptedElementBeginsAnew() {
    PeerScript script = won(Profile.STANDARD, at(3, 1, 10));
    script.passMs(4_000).registers(1, 1, at(0, 1, 10)).passMs(9_999);
    assertThat(script.element(1)).isPresent();
    script.passMs(1);
    assertThat(script.element(1)).isEmpty();
  }

  @Test
  void elementOfAnotherIdentityMayMoveHereUnderItsProvenName() {
    PeerScript script = won(Profile.STANDARD, at(3, 1));
    script.up(new AssociationId(1), AssociationKind.ASAP, 1, new PeerIdentity("one"));
    script.asap(1, new AsapRegistration(Script.POOL, Script.element(1)));
    assertThat(script.asapSent(new AssociationId(1)))
        .first()
        .isInstanceOfSatisfying(
            AsapRegistrationResponse.class, response -> assertThat(response.rejected()).isFalse());
  }
}
