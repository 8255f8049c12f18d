package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.LossReason;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.UpdateAction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What a registrar tells its peers of its own elements: RFC 5353 sections 3.3.1 and 3.3.2.
class UpdateToldTest {

  private static List<EnrpHandleUpdate> told(PeerScript script) {
    return script.sent(7, EnrpHandleUpdate.class);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void registrationIsToldToEachPeerWithAllThatIsKnown(Profile profile) {
    PeerScript script = PeerScript.among(profile, 7, 8).registers(1);
    PoolElementParameter element = script.element(1).orElseThrow();
    assertThat(element.homeId()).isEqualTo(ID);
    assertThat(element.asapTransport().port()).isZero();
    for (long n = 7; n <= 8; n++) {
      ServerId receiver = profile == Profile.RSPLIB ? id(n) : ServerId.NONE;
      assertThat(script.sent(n, EnrpHandleUpdate.class))
          .containsExactly(
              new EnrpHandleUpdate(ID, receiver, UpdateAction.ADD_PE, false, Script.POOL, element));
    }
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,0", "RFC,1", "RSPLIB,1"})
  void unchangedReregistrationIsToldWhereTheProfileWantsIt(Profile profile, int updates) {
    PeerScript script = PeerScript.among(profile, 7).registers(1).forget();
    script.asap(1, new AsapRegistration(Script.POOL, Script.element(1)));
    assertThat(told(script)).hasSize(updates);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void changedReregistrationIsAlwaysTold(Profile profile) {
    PeerScript script = PeerScript.among(profile, 7);
    PoolElementParameter first = Script.element(1).withPolicy(new Policy.WeightedRoundRobin(1));
    PoolElementParameter second = first.withPolicy(new Policy.WeightedRoundRobin(2));
    script.registers(1, 1, first).forget().asap(1, new AsapRegistration(Script.POOL, second));
    assertThat(told(script))
        .singleElement()
        .satisfies(update -> {
          assertThat(update.action()).isEqualTo(UpdateAction.ADD_PE);
          assertThat(update.element().policy()).isEqualTo(new Policy.WeightedRoundRobin(2));
        });
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void refusedRegistrationIsToldToNobody(Profile profile) {
    PoolElementParameter first = Script.element(1).withPolicy(new Policy.WeightedRoundRobin(1));
    PoolElementParameter other = Script.element(2).withPolicy(Policy.RoundRobin.INSTANCE);
    PeerScript script = PeerScript.among(profile, 7).registers(1, 1, first).forget();
    script.asap(1, new AsapRegistration(Script.POOL, other));
    assertThat(script.element(1)).isPresent();
    assertThat(script.element(2)).isEmpty();
    assertThat(told(script)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void deregistrationIsTold(Profile profile) {
    PeerScript script = PeerScript.among(profile, 7).registers(1);
    PoolElementParameter element = script.element(1).orElseThrow();
    script.forget().asap(1, new AsapDeregistration(Script.POOL, ElementId.of(1)));
    ServerId receiver = profile == Profile.RSPLIB ? id(7) : ServerId.NONE;
    assertThat(told(script))
        .containsExactly(
            new EnrpHandleUpdate(ID, receiver, UpdateAction.DEL_PE, false, Script.POOL, element));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void removalOfASilentElementIsTold(Profile profile) {
    PeerScript script = PeerScript.among(profile, 7).lively(7).mute(1).registers(1).forget();
    script.passMs(60_000);
    assertThat(told(script))
        .extracting(EnrpHandleUpdate::action)
        .containsExactly(UpdateAction.DEL_PE);
  }

  @Test
  void endOfALifeIsTold() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).lively(7);
    script.registers(1, 1, PeerScript.at(0, 1, 3)).forget().passMs(3_000);
    assertThat(told(script))
        .extracting(EnrpHandleUpdate::action)
        .containsExactly(UpdateAction.DEL_PE);
  }

  @Test
  void lossOfAnElementThatCannotBeCalledIsTold() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).registers(1).forget();
    script.lost(new AssociationId(1), LossReason.RESET);
    assertThat(told(script))
        .extracting(EnrpHandleUpdate::action)
        .containsExactly(UpdateAction.DEL_PE);
  }

  @Test
  void elementThatLivesButHasNoHomeIsToldSo() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).lively(7);
    script.registers(1, 1, Script.callable(1)).passMs(10);
    script.takesCall(1);
    script.forget().lost(new AssociationId(1), LossReason.CLOSED);
    AssociationId call = script.takesCall(1);
    script.asap(call.value(), new AsapEndpointKeepAliveAck(Script.POOL, ElementId.of(1)));
    assertThat(told(script))
        .singleElement()
        .satisfies(update -> {
          assertThat(update.action()).isEqualTo(UpdateAction.ADD_PE);
          assertThat(update.element().homeId()).isEqualTo(ServerId.NONE);
        });
    assertThat(script.home(1)).contains(ServerId.NONE);

    script.forget().passMs(5_000);
    assertThat(told(script))
        .extracting(EnrpHandleUpdate::action)
        .containsExactly(UpdateAction.DEL_PE);
    assertThat(script.element(1)).isEmpty();
  }

  @Test
  void orphanThatFindsAHomeIsNotRemoved() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).lively(7);
    script.registers(1, 1, Script.callable(1)).passMs(10);
    script.takesCall(1);
    script.forget().lost(new AssociationId(1), LossReason.CLOSED);
    AssociationId call = script.takesCall(1);
    script.asap(call.value(), new AsapEndpointKeepAliveAck(Script.POOL, ElementId.of(1)));
    script.adds(7, PeerScript.callable(7, 1)).forget().passMs(10_000);
    assertThat(script.home(1)).contains(id(7));
    assertThat(told(script)).isEmpty();
  }

  @Test
  void elementsOfOthersAreTheirsToTell() {
    PeerScript script =
        PeerScript.among(Profile.RFC, 7, 8).adds(8, PeerScript.at(8, 1, 10)).forget();
    script.deletes(8, PeerScript.at(8, 1)).adds(8, PeerScript.at(8, 2, 10)).passMs(81_000);
    assertThat(script.view().elements()).isEmpty();
    assertThat(told(script)).isEmpty();
  }

  @Test
  void peersWithoutAssociationAreLeftOut() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7, 8).loses(8, LossReason.RESET);
    script.registers(1);
    assertThat(told(script)).hasSize(1);
  }
}
