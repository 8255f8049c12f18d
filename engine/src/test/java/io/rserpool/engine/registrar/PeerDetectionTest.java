package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.LossReason;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// When a peer is suspected and when it is dead: RFC 5353 section 3.4.3.
class PeerDetectionTest {

  @ParameterizedTest
  @CsvSource({"STANDARD,900", "RFC,61000", "RSPLIB,5000"})
  void silentPeerIsAskedExactlyWhenLastHeardIsOver(Profile profile, long lastHeardMs) {
    PeerScript script = PeerScript.among(profile, 3, 7).lively(7);
    long heardNs = script.nowNs();

    script.to(heardNs + lastHeardMs * MS - 1);
    assertThat(script.state(3)).contains(PeerState.ACTIVE);
    assertThat(asks(script, 3)).isEmpty();

    script.to(heardNs + lastHeardMs * MS);
    assertThat(script.state(3)).contains(PeerState.SUSPECT);
    assertThat(asks(script, 3))
        .hasSize(1)
        .first()
        .extracting(EnrpPresence::receiver)
        .isEqualTo(id(3));
    assertThat(script.events(PeerEvent.Suspected.class)).hasSize(1);
    script.to(heardNs + lastHeardMs * MS + 1);
    assertThat(asks(script, 3)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,900,900", "RFC,61000,5000", "RSPLIB,5000,5000"})
  void peerIsDeadExactlyWhenNoResponseIsOver(Profile profile, long lastHeardMs, long waitMs) {
    PeerScript script = PeerScript.among(profile, 3, 7).lively(7);
    script.adds(3, PeerScript.at(3, 1));
    long deadNs = script.nowNs() + (lastHeardMs + waitMs) * MS;

    script.to(deadNs - 1);
    assertThat(script.state(3)).contains(PeerState.SUSPECT);
    script.to(deadNs);
    assertThat(script.state(3)).contains(PeerState.ARBITRATING);
    assertThat(script.events(PeerEvent.Dead.class))
        .singleElement()
        .satisfies(dead -> {
          assertThat(dead.peer()).isEqualTo(id(3));
          assertThat(dead.silence().toMillis()).isEqualTo(lastHeardMs + waitMs);
          assertThat(dead.elements()).isEqualTo(1);
        });
    script.to(deadNs + 1);
    assertThat(script.events(PeerEvent.Dead.class)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,1799", "RFC,65999", "RSPLIB,9999"})
  void answerInTheLastMomentSavesThePeer(Profile profile, long lateMs) {
    PeerScript script = PeerScript.among(profile, 3, 7).lively(7);
    script.passMs(lateMs).presence(3, false).passMs(2);

    assertThat(script.state(3)).contains(PeerState.ACTIVE);
    assertThat(script.events(PeerEvent.Dead.class)).isEmpty();
    assertThat(script.events(PeerEvent.Returned.class))
        .containsExactly(new PeerEvent.Returned(id(3), PeerState.SUSPECT));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void anyMessageIsASignOfLife(Profile profile) {
    PeerScript script = PeerScript.among(profile, 3, 7).lively(7);
    long stepMs = profile == Profile.RFC ? 60_000 : profile == Profile.STANDARD ? 800 : 4_900;
    for (int i = 0; i < 5; i++) {
      script.passMs(stepMs).says(3, new EnrpHandleTableRequest(id(3), ServerId.NONE, true));
    }
    assertThat(script.events(PeerEvent.Suspected.class)).isEmpty();
    assertThat(script.state(3)).contains(PeerState.ACTIVE);
  }

  @Test
  void standardAsksSixTimesAtOneHundredAndFiftyMilliseconds() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3, 7).lively(7);
    long suspectNs = script.nowNs() + 900 * MS;
    script.to(suspectNs - 1).forget().to(suspectNs + 900 * MS - 1);

    assertThat(askTimes(script, 3))
        .containsExactly(
            suspectNs,
            suspectNs + 150 * MS,
            suspectNs + 300 * MS,
            suspectNs + 450 * MS,
            suspectNs + 600 * MS,
            suspectNs + 750 * MS);
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"RFC", "RSPLIB"})
  void theOtherProfilesAskOnce(Profile profile) {
    PeerScript script = PeerScript.among(profile, 3, 7).lively(7);
    long lastHeardMs = profile == Profile.RFC ? 61_000 : 5_000;
    script.passMs(lastHeardMs + 4_999);
    assertThat(asks(script, 3)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void lostAssociationMakesAPeerSuspectAndIsOpenedAgainAtOnce(Profile profile) {
    PeerScript script = PeerScript.among(profile, 3, 7).lively(7).forget();
    script.loses(3, LossReason.RESET);

    assertThat(script.state(3)).contains(PeerState.SUSPECT);
    assertThat(script.calls(3)).isEqualTo(1);
    assertThat(script.events(PeerEvent.Dead.class)).isEmpty();

    script.passMs(10).accepts(3);
    assertThat(asks(script, 3)).hasSize(1);
    script.presence(3, false);
    assertThat(script.state(3)).contains(PeerState.ACTIVE);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void peerThatRefusesTheNewCallIsDeadAtOnce(Profile profile) {
    PeerScript script = PeerScript.among(profile, 3, 7).lively(7);
    script.adds(3, PeerScript.at(3, 1));
    script.loses(3, LossReason.RESET).passMs(2).fails(3, LossReason.REFUSED);
    assertThat(script.events(PeerEvent.Dead.class)).hasSize(1);
    assertThat(script.state(3)).contains(PeerState.ARBITRATING);
  }

  @Test
  void peerThatResetsTheNewAssociationIsDead() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3, 7).lively(7);
    script.loses(3, LossReason.CLOSED).passMs(2).accepts(3).loses(3, LossReason.RESET);
    assertThat(script.events(PeerEvent.Dead.class)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,150,900", "RFC,5000,5000", "RSPLIB,5000,5000"})
  void peerThatCannotBeReachedHasItsTimeAndIsCalledAgain(Profile profile, long gapMs, long waitMs) {
    PeerScript script = PeerScript.among(profile, 3, 7).lively(7);
    script.adds(3, PeerScript.at(3, 1));
    long lostNs = script.nowNs();
    script.forget().loses(3, LossReason.UNREACHABLE);
    script.fails(3, LossReason.UNREACHABLE);
    for (long atMs = gapMs; atMs < waitMs; atMs += gapMs) {
      script.to(lostNs + atMs * MS).fails(3, LossReason.UNREACHABLE);
    }
    script.to(lostNs + waitMs * MS - 1);

    assertThat(script.calls(3)).isEqualTo((waitMs + gapMs - 1) / gapMs);
    assertThat(script.events(PeerEvent.Dead.class)).isEmpty();
    script.to(lostNs + waitMs * MS);
    assertThat(script.events(PeerEvent.Dead.class)).hasSize(1);
  }

  @Test
  void anotherRegistrarAtTheAddressOfAPeerIsARefusal() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3, 7).lively(7);
    script.adds(3, PeerScript.at(3, 1));
    script.loses(3, LossReason.RESET).passMs(2).accepts(3);
    script.says(
        script.line(3),
        new EnrpPresence(id(9), ServerId.NONE, false, 0xffff, PeerScript.information(9)));

    assertThat(script.events(PeerEvent.Dead.class))
        .singleElement()
        .satisfies(dead -> assertThat(dead.why()).contains("another registrar"));
    assertThat(script.state(9)).contains(PeerState.ACTIVE);
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,900,900", "RFC,61000,5000", "RSPLIB,5000,5000"})
  void mostPeersSilentAtOnceDoubleTheTime(Profile profile, long lastHeardMs, long waitMs) {
    PeerScript script = PeerScript.among(profile, 3, 4, 7).lively(7);
    long heardNs = script.nowNs();
    script.to(heardNs + (lastHeardMs + 2 * waitMs) * MS - 1);
    assertThat(script.events(PeerEvent.Dead.class)).isEmpty();
    script.to(heardNs + (lastHeardMs + 2 * waitMs) * MS);
    assertThat(script.events(PeerEvent.Dead.class)).isNotEmpty();
  }

  @Test
  void halfOfThePeersSilentIsNotMost() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3, 4, 7, 8).lively(7, 8);
    script.passMs(1_800);
    assertThat(script.events(PeerEvent.Dead.class)).hasSize(2);
  }

  @Test
  void theOnlyPeerIsNotMost() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3).passMs(1_800);
    assertThat(script.events(PeerEvent.Dead.class)).hasSize(1);
  }

  @Test
  void secondAssociationCarriesOnWhenTheFirstIsLost() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3);
    io.rserpool.engine.AssociationId first = script.line(3);
    script.opens(3, 150).presence(3, false).forget();
    script.lost(first, LossReason.RESET);

    assertThat(asks(script, 3)).hasSize(1);
    assertThat(script.calls(3)).isZero();
    script.presence(3, false);
    assertThat(script.state(3)).contains(PeerState.ACTIVE);
  }

  private static List<EnrpPresence> asks(PeerScript script, long n) {
    return script.sent(n, EnrpPresence.class).stream().filter(EnrpPresence::replyRequired).toList();
  }

  private static List<Long> askTimes(PeerScript script, long n) {
    List<EnrpPresence> all = script.sent(n, EnrpPresence.class);
    List<Long> times = script.times(n, EnrpPresence.class);
    return java.util.stream.IntStream.range(0, all.size())
        .filter(i -> all.get(i).replyRequired())
        .mapToObj(times::get)
        .toList();
  }
}
