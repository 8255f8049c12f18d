package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.UpdateAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What peers tell of their elements: RFC 5353 sections 3.3.1 and 3.3.2.
class UpdateTest {

  private static final AssociationId FIRST = new AssociationId(1);

  @ParameterizedTest
  @EnumSource(Profile.class)
  void unknownElementOfAnUnknownPoolIsTakenAsItIs(Profile profile) {
    PoolElementParameter element = at(7, 1, 60).withPolicy(new Policy.WeightedRoundRobin(3));
    PeerScript script = PeerScript.among(profile, 7).adds(7, element);
    assertThat(script.view().elements())
        .containsExactly(new RegistrarView.Element(Script.POOL, element, false));
    assertThat(script.view().checksum(id(7))).isNotEqualTo(0xffff);
    assertThat(script.view().checksum(ID)).isEqualTo(0xffff);
  }

  @Test
  void unknownElementOfAKnownPoolIsAdded() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).registers(1).adds(7, at(7, 2));
    assertThat(script.view().elements()).hasSize(2);
    assertThat(script.home(2)).contains(id(7));
  }

  @Test
  void allAttributesOfAKnownElementAreReplaced() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7, 8).adds(7, at(7, 1));
    PoolElementParameter changed =
        at(8, 1, 99)
            .withUserTransport(Script.service(5))
            .withAsapTransport(new io.rserpool.protocol.AsapTransport.Tcp(Script.address(5), 1));
    script.adds(8, changed);
    assertThat(script.element(1)).contains(changed);
    assertThat(script.view().checksum(id(7))).isEqualTo(0xffff);
  }

  @Test
  void elementOfAThirdHomeIsTakenAndMakesNoPeer() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).adds(7, at(9, 1)).adds(7, at(0, 2));
    assertThat(script.home(1)).contains(id(9));
    assertThat(script.home(2)).contains(ServerId.NONE);
    assertThat(script.state(9)).isEmpty();
  }

  @Test
  void elementsOfOthersAreNotAsked() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).lively(7).adds(7, at(7, 1));
    script.passMs(5_000);
    assertThat(script.effects(Effect.SendAsap.class)).isEmpty();
    assertThat(script.element(1)).isPresent();
  }

  @Test
  void elementOfAnotherPolicyIsHeldButNotSelected() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).registers(1);
    script.adds(7, at(7, 2).withPolicy(new Policy.WeightedRoundRobin(3)));
    assertThat(script.home(2)).contains(id(7));
    script.up(new AssociationId(50), AssociationKind.ASAP, 50, PeerIdentity.ANONYMOUS);
    script.asap(50, new io.rserpool.protocol.asap.AsapHandleResolution(Script.POOL, false, 0));
    assertThat(script.asapSent(new AssociationId(50)).getFirst().toString())
        .contains(ElementId.of(1).toString())
        .doesNotContain(ElementId.of(2).toString());
  }

  // O1: the newest event counts.

  @ParameterizedTest
  @EnumSource(Profile.class)
  void ownElementThatHasMovedIsLetGoWithoutAWord(Profile profile) {
    PeerScript script =
        PeerScript.among(profile, 7, 8).lively(7, 8).registers(1).passMs(200).forget();
    long movedNs = script.nowNs();
    script.adds(7, at(7, 1));
    assertThat(script.home(1)).contains(id(7));
    assertThat(script.sent(8, EnrpHandleUpdate.class)).isEmpty();

    script.to(movedNs + 200 * MS - 1);
    assertThat(script.effects(Effect.Close.class)).isEmpty();
    script.to(movedNs + 200 * MS);
    assertThat(script.effects(Effect.Close.class)).containsExactly(new Effect.Close(FIRST));
    script.to(movedNs + 50_000 * MS);
    assertThat(script.effects(Effect.SendAsap.class)).isEmpty();
    assertThat(script.sent(7, EnrpHandleUpdate.class)).isEmpty();
  }

  @Test
  void associationThatIsStillNeededIsNotEnded() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).lively(7).registers(1);
    script.asap(1, new io.rserpool.protocol.asap.AsapHandleResolution(Script.POOL, true, 0));
    script.adds(7, at(7, 1)).passMs(1_000);
    assertThat(script.effects(Effect.Close.class)).isEmpty();
  }

  @Test
  void elementThatComesBackWithinTheDelayKeepsItsAssociation() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).lively(7).registers(1);
    script.adds(7, at(7, 1)).passMs(100);
    script.asap(1, new io.rserpool.protocol.asap.AsapRegistration(Script.POOL, Script.element(1)));
    script.passMs(1_000);
    assertThat(script.effects(Effect.Close.class)).isEmpty();
    assertThat(script.home(1)).contains(ID);
    assertThat(script.view().elements().getFirst().living()).isTrue();
  }

  @Test
  void elementOfAnotherThatRegistersHereIsToldToAll() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).adds(7, at(7, 1)).forget();
    script.registers(1);
    assertThat(script.home(1)).contains(ID);
    assertThat(script.sent(7, EnrpHandleUpdate.class))
        .singleElement()
        .satisfies(update -> assertThat(update.element().homeId()).isEqualTo(ID));
    assertThat(script.events(RegistrarEvent.Registered.class)).hasSize(1);
  }

  // O3: removals touch only what is the sender's.

  @ParameterizedTest
  @EnumSource(Profile.class)
  void homeMayRemoveItsElements(Profile profile) {
    PeerScript script = PeerScript.among(profile, 7, 8).adds(7, at(7, 1)).forget();
    script.deletes(7, at(7, 1));
    assertThat(script.view().elements()).isEmpty();
    assertThat(script.view().sizes()).containsEntry("pools", 0);
    assertThat(script.sent(8, EnrpHandleUpdate.class)).isEmpty();
  }

  @Test
  void removalOfSomethingUnknownDoesNothing() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).deletes(7, at(7, 1));
    assertThat(script.view().elements()).isEmpty();
    assertThat(script.events(PeerEvent.UpdateIgnored.class)).isEmpty();
  }

  @Test
  void formerHomeMayNotRemoveWhatHasMoved() {
    PeerScript script =
        PeerScript.among(Profile.STANDARD, 7, 8).adds(7, at(7, 1)).adds(8, at(8, 1));
    script.deletes(7, at(8, 1));
    assertThat(script.home(1)).contains(id(8));
    assertThat(script.events(PeerEvent.UpdateIgnored.class))
        .singleElement()
        .satisfies(ignored -> assertThat(ignored.peer()).isEqualTo(id(7)));
  }

  @Test
  void whoTakesOwnershipFirstMayRemove() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7, 8).adds(7, at(7, 1));
    script.adds(8, at(8, 1)).deletes(8, at(8, 1));
    assertThat(script.element(1)).isEmpty();
  }

  @Test
  void whoTakesOwnershipWithTheSameWordDoesNotRemoveWhatALivingHomeHas() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7, 8).adds(7, at(7, 1));
    script.deletes(8, at(8, 1));
    assertThat(script.home(1)).contains(id(7));
    assertThat(script.events(PeerEvent.UpdateIgnored.class)).hasSize(1);
  }

  @Test
  void whoTakesOwnershipWithTheSameWordRemovesWhatHasNoLivingHome() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 8).adds(8, at(7, 1));
    script.deletes(8, at(8, 1));
    assertThat(script.element(1)).isEmpty();
  }

  @Test
  void ownElementThatLeftAtAnotherRegistrarIsGone() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7, 8).lively(7, 8).registers(1);
    script.passMs(200).forget().adds(7, at(7, 1)).deletes(7, at(7, 1));
    assertThat(script.element(1)).isEmpty();
    script.passMs(5_000);
    assertThat(script.effects(Effect.SendAsap.class)).isEmpty();
    assertThat(script.sent(8, EnrpHandleUpdate.class)).isEmpty();
    assertThat(script.effects(Effect.Close.class)).containsExactly(new Effect.Close(FIRST));
  }

  @Test
  void ownLivingElementIsNotRemovedByAnotherAndAllAreTold() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7, 8).registers(1).forget();
    script.deletes(7, at(7, 1));
    assertThat(script.home(1)).contains(ID);
    for (long peer : new long[] {7, 8}) {
      assertThat(script.sent(peer, EnrpHandleUpdate.class))
          .singleElement()
          .satisfies(update -> {
            assertThat(update.action()).isEqualTo(UpdateAction.ADD_PE);
            assertThat(update.element().homeId()).isEqualTo(ID);
          });
    }
  }

  @Test
  void elementOfAnotherMayLeaveHere() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).adds(7, at(7, 1));
    script.up(FIRST, AssociationKind.ASAP, 1, PeerIdentity.ANONYMOUS).forget();
    script.asap(1, new AsapDeregistration(Script.POOL, ElementId.of(1)));
    assertThat(script.element(1)).isEmpty();
    assertThat(script.sent(7, EnrpHandleUpdate.class))
        .extracting(EnrpHandleUpdate::action)
        .containsExactly(UpdateAction.ADD_PE, UpdateAction.DEL_PE);
    assertThat(script.sent(7, EnrpHandleUpdate.class))
        .allSatisfy(update -> assertThat(update.element().homeId()).isEqualTo(ID));
  }

  @Test
  void elementOfAnotherIsNotTakenAwayBySomebodyElse() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).adds(7, at(7, 1));
    script.up(FIRST, AssociationKind.ASAP, 2, PeerIdentity.ANONYMOUS).forget();
    script.asap(1, new AsapDeregistration(Script.POOL, ElementId.of(1)));
    assertThat(script.element(1)).isPresent();
    assertThat(script.sent(7, EnrpHandleUpdate.class)).isEmpty();
  }

  @Test
  void wrongRemovalOfAnOwnLivingElementIsContradicted() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7, 8).registers(1).forget();
    script.deletes(7, at(9, 1));
    assertThat(script.home(1)).contains(ID);
    for (long n = 7; n <= 8; n++) {
      assertThat(script.sent(n, EnrpHandleUpdate.class))
          .singleElement()
          .satisfies(update -> {
            assertThat(update.action()).isEqualTo(UpdateAction.ADD_PE);
            assertThat(update.element().homeId()).isEqualTo(ID);
          });
    }
  }

  // An element whose association is lost just before its move becomes known (case 8).

  @Test
  void moveEndsTheCallToAnElementWhoseAssociationWasLost() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).lively(7);
    script.registers(1, 1, Script.callable(1)).passMs(10);
    script.takesCall(1);
    script.forget().lost(FIRST, LossReason.CLOSED);
    AssociationId call = script.takesCall(1);
    assertThat(script.asapSent(call)).hasAtLeastOneElementOfType(AsapEndpointKeepAlive.class);
    script.adds(7, PeerScript.callable(7, 1));
    assertThat(script.effects(Effect.Close.class)).contains(new Effect.Close(call));
    script.passMs(10_000);
    assertThat(script.home(1)).contains(id(7));
    assertThat(script.sent(7, EnrpHandleUpdate.class)).isEmpty();
  }
}
