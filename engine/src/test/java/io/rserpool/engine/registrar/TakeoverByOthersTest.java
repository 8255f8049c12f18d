package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.id;
import static io.rserpool.engine.registrar.PeerScript.information;
import static io.rserpool.engine.registrar.TakeoverTest.ack;
import static io.rserpool.engine.registrar.TakeoverTest.dead;
import static io.rserpool.engine.registrar.TakeoverTest.done;
import static io.rserpool.engine.registrar.TakeoverTest.init;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Effect;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpInitTakeover;
import io.rserpool.protocol.enrp.EnrpInitTakeoverAck;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import io.rserpool.protocol.enrp.UpdateAction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Takeovers by other registrars: of a peer, and of this registrar itself (RFC 5353 section 3.5).
class TakeoverByOthersTest {

  @ParameterizedTest
  @EnumSource(Profile.class)
  void whoDoesNotCareLetsTheOtherDoIt(Profile profile) {
    PeerScript script = PeerScript.among(profile, 3, 7).lively(7).adds(3, at(3, 1)).forget();
    script.says(7, init(7, 3));
    assertThat(script.sent(7, EnrpInitTakeoverAck.class))
        .containsExactly(new EnrpInitTakeoverAck(ID, id(7), id(3)));
    assertThat(script.state(3)).contains(PeerState.YIELDED);
    assertThat(script.sent(7, EnrpInitTakeover.class)).isEmpty();
    script.says(7, done(7, 3));
    assertThat(script.state(3)).isEmpty();
    assertThat(script.home(1)).contains(id(7));
    assertThat(script.events(PeerEvent.TakenOver.class))
        .containsExactly(new PeerEvent.TakenOver(id(3), id(7), 1));
    assertThat(script.sent(7, EnrpHandleUpdate.class)).isEmpty();
  }

  @Test
  void leftPeerIsNotMonitored() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3, 7).lively(7).forget();
    script.says(7, init(7, 3)).passMs(1_000);
    assertThat(script.events(PeerEvent.Suspected.class)).isEmpty();
    assertThat(script.sent(3, EnrpPresence.class)).noneMatch(EnrpPresence::replyRequired);
  }

  @Test
  void takeoverOfAnUnknownRegistrarIsAgreedTo() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).forget().says(7, init(7, 9));
    assertThat(script.sent(7, EnrpInitTakeoverAck.class)).hasSize(1);
    script.adds(7, at(9, 1)).says(7, done(7, 9));
    assertThat(script.home(1)).contains(id(7));
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,900,150", "RFC,5000,30000", "RSPLIB,5000,5000"})
  void winnerThatNeverFinishesIsNotAwaitedForEver(Profile profile, long waitMs, long expiryMs) {
    PeerScript script = PeerScript.among(profile, 3, 7).lively(7).adds(3, at(3, 1)).forget();
    script.says(7, init(7, 3));
    long yieldedNs = script.nowNs();
    script.to(yieldedNs + (waitMs + expiryMs) * MS - 1);
    assertThat(script.state(3)).contains(PeerState.YIELDED);
    script.to(yieldedNs + (waitMs + expiryMs) * MS);
    assertThat(script.state(3)).contains(PeerState.ARBITRATING);
    assertThat(script.sent(7, EnrpInitTakeover.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void winnerThatDiesLeavesItsTargetToThisOne(Profile profile) {
    PeerScript script = PeerScript.among(profile, 3, 7, 8).lively(8);
    script.adds(3, at(3, 1)).adds(7, at(7, 2)).says(7, init(7, 3)).forget();
    script.loses(7, LossReason.RESET).fails(7, LossReason.REFUSED);
    assertThat(script.state(7)).contains(PeerState.ARBITRATING);
    assertThat(script.state(3)).contains(PeerState.ARBITRATING);
    assertThat(script.sent(8, EnrpInitTakeover.class))
        .extracting(EnrpInitTakeover::target)
        .containsExactlyInAnyOrder(id(7), id(3));
    script.says(8, ack(8, 7)).says(8, ack(8, 3));
    assertThat(script.home(1)).contains(ID);
    assertThat(script.home(2)).contains(ID);
  }

  @Test
  void anotherMayTryWhenTheFirstHasGivenUp() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3, 7, 8).lively(7, 8).forget();
    script.says(7, init(7, 3)).says(8, init(8, 3));
    assertThat(script.sent(8, EnrpInitTakeoverAck.class)).hasSize(1);
    assertThat(script.events(PeerEvent.TakeoverYielded.class)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void yieldedPeerThatIsHeardIsActiveAgain(Profile profile) {
    PeerScript script = PeerScript.among(profile, 3, 7).lively(7).says(7, init(7, 3)).forget();
    script.presence(3, false);
    assertThat(script.state(3)).contains(PeerState.ACTIVE);
    script.lively(3).passMs(40_000);
    assertThat(script.events(PeerEvent.TakeoverBegun.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void whoIsTakenForDeadSaysAtOnceToAllThatItLives(Profile profile) {
    PeerScript script = PeerScript.among(profile, 7, 8).lively(7, 8).forget();
    script.says(7, new EnrpInitTakeover(id(7), ID, ID));
    assertThat(script.sent(7, EnrpInitTakeoverAck.class)).isEmpty();
    for (long n : List.of(7L, 8L)) {
      assertThat(script.sent(n, EnrpPresence.class))
          .singleElement()
          .satisfies(presence -> assertThat(presence.replyRequired()).isFalse());
    }
    assertThat(script.events(PeerEvent.TakenForDead.class))
        .containsExactly(new PeerEvent.TakenForDead(id(7), false));
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"STANDARD", "RFC"})
  void whoWasTakenOverKeepsOnlyWhatLivesWithIt(Profile profile) {
    PeerScript script = PeerScript.among(profile, 7, 8).lively(7, 8);
    script.registers(1).registers(2, 2, Script.callable(2)).passMs(10);
    script.takesCall(2); // The registrar has tried the address, and hung up.
    script.forget().lost(new AssociationId(2), LossReason.RESET);
    assertThat(script.callTo(2)).isPresent();
    script.says(7, done(7, 5));

    assertThat(script.home(1)).contains(ID);
    assertThat(script.home(2)).contains(id(7));
    assertThat(script.events(PeerEvent.TakenForDead.class))
        .containsExactly(new PeerEvent.TakenForDead(id(7), true));
    for (long n : List.of(7L, 8L)) {
      assertThat(script.sent(n, EnrpHandleUpdate.class))
          .singleElement()
          .satisfies(update -> {
            assertThat(update.action()).isEqualTo(UpdateAction.ADD_PE);
            assertThat(update.element()).isEqualTo(script.element(1).orElseThrow());
          });
      assertThat(script.sent(n, EnrpPresence.class))
          .singleElement()
          .satisfies(
              presence -> assertThat(presence.checksum()).isEqualTo(script.view().checksum(ID)));
    }
    script.forget().passMs(10_000);
    assertThat(script.home(2)).contains(id(7));
    assertThat(script.sent(7, EnrpMessage.class)).noneMatch(EnrpHandleUpdate.class::isInstance);
  }

  @Test
  void ofTwoWinnersEachKeepsWhatHasAnsweredIt() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3, 7).lively(7);
    script.adds(3, PeerScript.callable(3, 1)).adds(3, PeerScript.callable(3, 2));
    script.loses(3, LossReason.RESET).fails(3, LossReason.REFUSED).passMs(150);
    assertThat(script.events(PeerEvent.TakeoverWon.class)).hasSize(1);
    AssociationId call = script.takesCall(1);
    script.asap(
        call.value(),
        new io.rserpool.protocol.asap.AsapEndpointKeepAliveAck(
            Script.POOL, io.rserpool.protocol.ElementId.of(1)));
    script.forget().says(7, done(7, 3));

    assertThat(script.home(1)).contains(ID);
    assertThat(script.home(2)).contains(id(7));
    assertThat(script.view().sizes()).containsEntry("adoptions", 0).containsEntry("calls", 0);
    assertThat(script.effects(Effect.Close.class)).isNotEmpty();
  }

  @Test
  void takeoverByAnotherEndsTheOwnAttempt() {
    PeerScript script = dead(Profile.STANDARD, 7, 8).says(8, done(8, 3));
    assertThat(script.state(3)).isEmpty();
    assertThat(script.home(1)).contains(id(8));
    script.says(7, ack(7, 3)).passMs(1_000);
    assertThat(script.events(PeerEvent.TakeoverWon.class)).isEmpty();
  }

  /// The call to peer 7 finds that it is dead, and peer 3, which was left to it, alive.
  @ParameterizedTest
  @EnumSource(Profile.class)
  void leftPeerThatAnswersWhereItsWinnerShouldBeIsAlive(Profile profile) {
    PeerScript script = PeerScript.among(profile, 3, 7).adds(3, at(3, 1)).says(7, init(7, 3));
    script.loses(3, LossReason.RESET).loses(7, LossReason.RESET).accepts(7).forget();
    AssociationId line = script.line(7);
    script.says(
        line, new EnrpPresence(id(3), ID, false, script.view().checksum(id(3)), information(3)));
    assertThat(script.state(3)).contains(PeerState.ACTIVE);
    assertThat(script.home(1)).contains(id(3));
    script.says(line, new EnrpInitTakeoverAck(id(3), ID, id(7)));
    assertThat(script.state(7)).isEmpty();
    assertThat(script.events(PeerEvent.TakeoverBegun.class))
        .allMatch(begun -> begun.peer().equals(id(7)));
    assertThat(script.events(PeerEvent.TakeoverWon.class))
        .allMatch(won -> won.peer().equals(id(7)));
  }
}
