package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.LossReason;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.peers.PeerStatus;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpPresence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// When a registrar finds that its copy of a peer's elements is wrong: RFC 5353 section 3.6.1.
class AuditTest {

  private static final int WRONG = 0x1234;
  private static final EnrpHandleTableRequest REQUEST = new EnrpHandleTableRequest(ID, id(7), true);

  private static PeerScript copied(Profile profile) {
    PeerScript script = PeerScript.among(profile, 7, 8).lively(8);
    return script.adds(7, at(7, 1)).forget();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void equalChecksumsAreFine(Profile profile) {
    PeerScript script = copied(profile).presence(7, false).presence(7, false);
    assertThat(script.sent(7)).isEmpty();
    assertThat(script.peer(7).map(PeerStatus::inStep)).contains(true);
  }

  @Test
  void inStandardOneDifferenceIsLookedAtAgain() {
    PeerScript script = copied(Profile.STANDARD).presence(7, false, WRONG);
    assertThat(script.sent(7))
        .singleElement()
        .isInstanceOfSatisfying(
            EnrpPresence.class, presence -> assertThat(presence.replyRequired()).isTrue());
    assertThat(script.peer(7).map(PeerStatus::inStep)).contains(false);
    script.forget().presence(7, false);
    assertThat(script.sent(7)).isEmpty();
    assertThat(script.peer(7).map(PeerStatus::inStep)).contains(true);
    assertThat(script.events(PeerEvent.OutOfStep.class)).isEmpty();
  }

  @Test
  void inStandardASecondDifferenceFetchesTheTable() {
    PeerScript script =
        copied(Profile.STANDARD).presence(7, false, WRONG).presence(7, false, WRONG);
    assertThat(script.sent(7, EnrpHandleTableRequest.class)).containsExactly(REQUEST);
    assertThat(script.events(PeerEvent.OutOfStep.class))
        .containsExactly(new PeerEvent.OutOfStep(id(7), script.view().checksum(id(7)), WRONG));
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"RFC", "RSPLIB"})
  void inTheOtherProfilesTheFirstDifferenceFetchesTheTable(Profile profile) {
    PeerScript script = copied(profile).presence(7, false, WRONG);
    assertThat(script.sent(7)).containsExactly(REQUEST);
  }

  @Test
  void updateInBetweenMeansThatNothingIsKnownYet() {
    PeerScript script = copied(Profile.STANDARD).presence(7, false, WRONG).adds(7, at(7, 2));
    script.presence(7, false, WRONG);
    assertThat(script.sent(7, EnrpHandleTableRequest.class)).isEmpty();
    script.presence(7, false, WRONG);
    assertThat(script.sent(7, EnrpHandleTableRequest.class)).hasSize(1);
  }

  @Test
  void updateThatChangesNoMembershipDoesNotDisturb() {
    PeerScript script = copied(Profile.STANDARD).presence(7, false, WRONG).adds(7, at(7, 1, 99));
    script.presence(7, false, WRONG);
    assertThat(script.sent(7, EnrpHandleTableRequest.class)).hasSize(1);
  }

  @Test
  void moveToAnotherPeerInBetweenMeansThatNothingIsKnownYet() {
    PeerScript script = copied(Profile.STANDARD).presence(7, false, WRONG).adds(8, at(8, 1));
    script.presence(7, false, WRONG);
    assertThat(script.sent(7, EnrpHandleTableRequest.class)).isEmpty();
  }

  @Test
  void eventsOfOtherHomesDoNotDisturb() {
    PeerScript script = copied(Profile.STANDARD).presence(7, false, WRONG);
    script.adds(8, at(8, 2)).registers(3).presence(7, false, WRONG);
    assertThat(script.sent(7, EnrpHandleTableRequest.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void oneTransferAtATime(Profile profile) {
    PeerScript script = copied(profile);
    for (int i = 0; i < 6; i++) {
      script.presence(7, false, WRONG);
    }
    assertThat(script.sent(7, EnrpHandleTableRequest.class)).hasSize(1);
  }

  @Test
  void transfersWithSeveralPeersMayRunAtOnce() {
    PeerScript script = copied(Profile.RFC).presence(7, false, WRONG).presence(8, false, WRONG);
    assertThat(script.sent(7, EnrpHandleTableRequest.class)).hasSize(1);
    assertThat(script.sent(8, EnrpHandleTableRequest.class)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"RFC,30000", "RSPLIB,2750"})
  void transfersInVainBecomeRare(Profile profile, long cycleMs) {
    PeerScript script = PeerScript.among(profile, 7);
    long previousNs = script.nowNs();
    long[] waitMs = {0, cycleMs, cycleMs, 10 * cycleMs, 10 * cycleMs};
    for (long wait : waitMs) {
      while (script.nowNs() + cycleMs * MS < previousNs + wait * MS) {
        script.passMs(cycleMs).says(7, new EnrpListRequest(id(7), ID));
      }
      if (wait > 0) {
        script.to(previousNs + wait * MS - 1).forget().presence(7, false, WRONG);
        assertThat(script.sent(7, EnrpHandleTableRequest.class)).isEmpty();
      }
      script.to(previousNs + wait * MS).forget().presence(7, false, WRONG);
      assertThat(script.sent(7, EnrpHandleTableRequest.class)).hasSize(1);
      script.says(7, StartupTest.table(7, false));
      previousNs = script.nowNs();
    }
  }

  @Test
  void agreementEndsTheRarity() {
    PeerScript script = PeerScript.among(Profile.RFC, 7);
    for (int i = 0; i < 3; i++) {
      script.presence(7, false, WRONG).says(7, StartupTest.table(7, false)).passMs(30_000);
    }
    script.presence(7, false).passMs(60_000).presence(7, false);
    script.passMs(60_000).presence(7, false).passMs(60_000).presence(7, false);
    script.passMs(60_000).presence(7, false).passMs(40_000).forget().presence(7, false, WRONG);
    assertThat(script.sent(7, EnrpHandleTableRequest.class)).hasSize(1);
    script.says(7, StartupTest.table(7, false)).passMs(30_000).forget().presence(7, false, WRONG);
    assertThat(script.sent(7, EnrpHandleTableRequest.class)).hasSize(1);
  }

  @Test
  void whoIsStartingComparesNothing() {
    PeerScript script = new PeerScript(Profile.RFC).start(7).accepts(7).presence(7, false, WRONG);
    assertThat(script.sent(7, EnrpHandleTableRequest.class)).isEmpty();
  }

  @Test
  void confirmationIsAskedOverTheAssociationOnWhichTheDifferenceCame() {
    PeerScript script = copied(Profile.STANDARD).opens(7, 150).forget().presence(7, false, WRONG);
    assertThat(script.sent(7, EnrpPresence.class)).hasSize(1);
  }

  @Test
  void lossOfTheAssociationEndsTheTransfer() {
    PeerScript script = copied(Profile.RFC).presence(7, false, WRONG);
    script.says(7, StartupTest.table(7, true, at(7, 2))).loses(7, LossReason.RESET);
    assertThat(script.events(PeerEvent.RequestFailed.class)).hasSize(1);
    assertThat(script.element(1)).isPresent();
    assertThat(script.element(2)).isPresent();
  }
}
