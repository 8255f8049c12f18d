package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Effect;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpInitTakeover;
import io.rserpool.protocol.enrp.EnrpInitTakeoverAck;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import io.rserpool.protocol.enrp.EnrpTakeoverServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The takeover of a dead peer, RFC 5353 section 3.5, as the registrar that begins it. Peer 3 is the
/// one that dies, with two elements.
class TakeoverTest {

  static PeerScript dead(Profile profile, long... others) {
    long[] all = new long[others.length + 1];
    all[0] = 3;
    System.arraycopy(others, 0, all, 1, others.length);
    PeerScript script = PeerScript.among(profile, all).lively(others);
    script.adds(3, at(3, 1)).adds(3, at(3, 2)).forget();
    return script.loses(3, LossReason.RESET).fails(3, LossReason.REFUSED);
  }

  static EnrpInitTakeoverAck ack(long from, long target) {
    return new EnrpInitTakeoverAck(id(from), ID, id(target));
  }

  static EnrpInitTakeover init(long from, long target) {
    return new EnrpInitTakeover(id(from), ServerId.NONE, id(target));
  }

  static EnrpTakeoverServer done(long from, long target) {
    return new EnrpTakeoverServer(id(from), ServerId.NONE, id(target));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void ofTwoTheOtherTakesOverAtOnce(Profile profile) {
    PeerScript script = dead(profile);
    assertThat(script.events(PeerEvent.TakeoverWon.class))
        .containsExactly(new PeerEvent.TakeoverWon(id(3), 2, 0));
    assertThat(script.view().peers()).isEmpty();
    assertThat(script.home(1)).contains(ID);
    assertThat(script.home(2)).contains(ID);
    assertThat(script.view().checksum(id(3))).isEqualTo(0xffff);
    assertThat(script.view().checksum(ID)).isNotEqualTo(0xffff);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void targetThatCanBeReachedIsAskedAsWell(Profile profile) {
    PeerScript script = PeerScript.among(profile, 3).adds(3, at(3, 1)).forget();
    long deadMs = profile == Profile.STANDARD ? 1_800 : profile == Profile.RFC ? 66_000 : 10_000;
    script.passMs(deadMs);
    ServerId receiver = profile == Profile.RSPLIB ? id(3) : ServerId.NONE;
    assertThat(script.sent(3, EnrpInitTakeover.class))
        .containsExactly(new EnrpInitTakeover(ID, receiver, id(3)));
    assertThat(script.sent(3, EnrpTakeoverServer.class))
        .containsExactly(new EnrpTakeoverServer(ID, receiver, id(3)));
    assertThat(script.effects(Effect.Close.class)).contains(new Effect.Close(script.line(3)));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void allOthersHaveToAgree(Profile profile) {
    PeerScript script = dead(profile, 4, 7);
    for (long n : List.of(4L, 7L)) {
      ServerId receiver = profile == Profile.RSPLIB ? id(n) : ServerId.NONE;
      assertThat(script.sent(n, EnrpInitTakeover.class))
          .containsExactly(new EnrpInitTakeover(ID, receiver, id(3)));
    }
    assertThat(script.events(PeerEvent.TakeoverBegun.class))
        .containsExactly(new PeerEvent.TakeoverBegun(id(3), 2));

    script.says(4, ack(4, 3));
    assertThat(script.state(3)).contains(PeerState.ARBITRATING);
    script.says(4, ack(4, 3)).says(4, ack(4, 9));
    assertThat(script.state(3)).contains(PeerState.ARBITRATING);
    assertThat(script.sent(7, EnrpTakeoverServer.class)).isEmpty();

    script.says(7, ack(7, 3));
    assertThat(script.events(PeerEvent.TakeoverWon.class))
        .containsExactly(new PeerEvent.TakeoverWon(id(3), 2, 0));
    for (long n : List.of(4L, 7L)) {
      ServerId receiver = profile == Profile.RSPLIB ? id(n) : ServerId.NONE;
      assertThat(script.sent(n, EnrpTakeoverServer.class))
          .containsExactly(new EnrpTakeoverServer(ID, receiver, id(3)));
    }
    assertThat(script.state(3)).isEmpty();
    assertThat(script.home(1)).contains(ID);
  }

  @Test
  void takeoverIsAnnouncedBeforeAnythingIsSaidOfTheElements() {
    PeerScript script = dead(Profile.STANDARD, 7).says(7, ack(7, 3)).registers(1);
    List<EnrpMessage> sent = script.sent(7);
    int announced = indexOf(sent, EnrpTakeoverServer.class);
    assertThat(announced).isNotNegative();
    assertThat(indexOf(sent, EnrpHandleUpdate.class)).isGreaterThan(announced);
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,150", "RFC,30000", "RSPLIB,5000"})
  void missingAcknowledgementsAreAwaitedExactlySoLong(Profile profile, long expiryMs) {
    PeerScript script = dead(profile, 4, 7).says(4, ack(4, 3));
    long begunNs = script.nowNs();
    script.to(begunNs + expiryMs * MS - 1);
    assertThat(script.events(PeerEvent.TakeoverWon.class)).isEmpty();
    script.to(begunNs + expiryMs * MS);
    assertThat(script.events(PeerEvent.TakeoverWon.class))
        .containsExactly(new PeerEvent.TakeoverWon(id(3), 2, 1));
    script.to(begunNs + expiryMs * MS + 1);
    assertThat(script.events(PeerEvent.TakeoverWon.class)).hasSize(1);
  }

  @Test
  void farPeersAreAwaitedFourRoundTrips() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3, 7).adds(3, at(3, 1));
    script.passMs(900).passMs(100).presence(3, false).presence(7, false).forget();
    script.loses(3, LossReason.RESET).fails(3, LossReason.REFUSED).lively(7);
    long begunNs = script.nowNs();
    script.to(begunNs + 400 * MS - 1);
    assertThat(script.events(PeerEvent.TakeoverWon.class)).isEmpty();
    script.to(begunNs + 400 * MS);
    assertThat(script.events(PeerEvent.TakeoverWon.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void memberOfTheWaitSetThatDiesIsNotAwaited(Profile profile) {
    PeerScript script = dead(profile, 4, 7).says(7, ack(7, 3));
    script.adds(4, at(4, 5)).loses(4, LossReason.RESET);
    assertThat(script.events(PeerEvent.TakeoverWon.class)).isEmpty();
    script.fails(4, LossReason.REFUSED);
    assertThat(script.events(PeerEvent.TakeoverWon.class))
        .contains(new PeerEvent.TakeoverWon(id(3), 2, 0));
    assertThat(script.state(4)).contains(PeerState.ARBITRATING);
  }

  @Test
  void peerThatWasOnlyHeardOfIsNotAwaitedWhenItCannotBeReached() {
    PeerScript script = PeerScript.among(Profile.RFC, 3, 7).lively(7).adds(3, at(3, 1));
    script.says(7, StartupTest.list(7, 7, 9));
    script.loses(3, LossReason.RESET).fails(3, LossReason.REFUSED);
    script.says(7, ack(7, 3));
    script.fails(9, LossReason.REFUSED);
    assertThat(script.state(9)).isEmpty();
    assertThat(script.events(PeerEvent.TakeoverWon.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void memberOfTheWaitSetThatIsTakenOverByAnotherIsNotAwaited(Profile profile) {
    PeerScript script = dead(profile, 4, 7).says(7, ack(7, 3)).says(7, init(7, 4));
    assertThat(script.events(PeerEvent.TakeoverWon.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void targetThatIsHeardIsLeftAlone(Profile profile) {
    PeerScript script = dead(profile, 4, 7).opens(3, 150).presence(3, false);
    assertThat(script.state(3)).contains(PeerState.ACTIVE);
    assertThat(script.events(PeerEvent.Returned.class))
        .containsExactly(new PeerEvent.Returned(id(3), PeerState.ARBITRATING));
    script.says(4, ack(4, 3)).says(7, ack(7, 3)).passMs(100);
    assertThat(script.events(PeerEvent.TakeoverWon.class)).isEmpty();
    assertThat(script.home(1)).contains(id(3));
    script.lively(3).passMs(40_000);
    assertThat(script.events(PeerEvent.TakeoverWon.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "STANDARD,7,true", "STANDARD,4,false", "STANDARD,15,true",
    "RFC,7,true", "RFC,4,false", "RFC,15,true",
    "RSPLIB,7,false", "RSPLIB,4,true", "RSPLIB,15,false"
  })
  void arbitrationFollowsTheProfile(Profile profile, long other, boolean otherWins) {
    PeerScript script = dead(profile, other).says(other, init(other, 3));
    if (otherWins) {
      assertThat(script.state(3)).contains(PeerState.YIELDED);
      assertThat(script.sent(other, EnrpInitTakeoverAck.class))
          .containsExactly(new EnrpInitTakeoverAck(ID, id(other), id(3)));
      assertThat(script.events(PeerEvent.TakeoverYielded.class))
          .containsExactly(new PeerEvent.TakeoverYielded(id(3), id(other)));
      script.says(other, ack(other, 3));
      assertThat(script.events(PeerEvent.TakeoverWon.class)).isEmpty();
    } else {
      assertThat(script.state(3)).contains(PeerState.ARBITRATING);
      assertThat(script.sent(other, EnrpInitTakeoverAck.class)).isEmpty();
      script.says(other, ack(other, 3));
      assertThat(script.events(PeerEvent.TakeoverWon.class)).hasSize(1);
    }
  }

  @Test
  void twoTargetsAreTwoRuns() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3, 4, 7, 8).lively(7, 8);
    script.adds(3, at(3, 1)).adds(4, at(4, 2));
    script.loses(3, LossReason.RESET).fails(3, LossReason.REFUSED);
    script.loses(4, LossReason.RESET).fails(4, LossReason.REFUSED);
    script.says(7, ack(7, 3)).says(8, ack(8, 4));
    assertThat(script.events(PeerEvent.TakeoverWon.class)).isEmpty();
    script.says(8, ack(8, 3));
    assertThat(script.events(PeerEvent.TakeoverWon.class))
        .containsExactly(new PeerEvent.TakeoverWon(id(3), 1, 0));
    script.says(7, ack(7, 4));
    assertThat(script.events(PeerEvent.TakeoverWon.class)).hasSize(2);
    assertThat(script.home(1)).contains(ID);
    assertThat(script.home(2)).contains(ID);
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,true", "RFC,true", "RSPLIB,false"})
  void peerWithoutElements(Profile profile, boolean formally) {
    PeerScript script = PeerScript.among(profile, 3, 7).lively(7).forget();
    script.loses(3, LossReason.RESET).fails(3, LossReason.REFUSED);
    assertThat(script.sent(7, EnrpInitTakeover.class)).hasSize(formally ? 1 : 0);
    assertThat(script.state(3).isPresent()).isEqualTo(formally);
    script.says(7, ack(7, 3));
    assertThat(script.state(3)).isEmpty();
  }

  @Test
  void deadPeerThatComesBackLaterIsANewPeer() {
    PeerScript script =
        dead(Profile.STANDARD).passMs(100).forget().opens(3, 150).presence(3, false);
    assertThat(script.events(PeerEvent.Found.class)).hasSize(1);
    assertThat(script.state(3)).contains(PeerState.ACTIVE);
    assertThat(script.home(1)).contains(ID);
    assertThat(script.sent(3, EnrpPresence.class))
        .anyMatch(presence -> presence.checksum() == script.view().checksum(ID));
  }

  private static int indexOf(List<EnrpMessage> sent, Class<? extends EnrpMessage> kind) {
    for (int i = 0; i < sent.size(); i++) {
      if (kind.isInstance(sent.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
