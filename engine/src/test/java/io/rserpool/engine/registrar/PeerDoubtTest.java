package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpPresence;
import org.junit.jupiter.api.Test;

/// What a registrar does that was away itself (case 6 of the difficult ones). In `standard` it doubts
/// itself from 0.5 s on, and its table from more than 1.8 s on.
class PeerDoubtTest {

  private static PeerScript steady() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3, 7).lively(3, 7).registers(1);
    script.adds(3, at(3, 2)).passMs(3_000);
    // Exactly at a deadline, so that the lateness is what the script says.
    return script.to(script.nextDeadlineNs()).forget().to(script.nextDeadlineNs() - 1);
  }

  @Test
  void whoWasAwayAsksAllPeersOnce() {
    PeerScript script = steady().sleepMs(700).silent(3, 7).tick();
    for (long n : new long[] {3, 7}) {
      assertThat(script.sent(n, EnrpPresence.class).stream().filter(EnrpPresence::replyRequired))
          .hasSize(1);
    }
    assertThat(script.events(RegistrarEvent.SelfDoubted.class)).hasSize(1);
    assertThat(script.view().isServing()).isTrue();
  }

  @Test
  void shortLatenessAsksNobody() {
    PeerScript script = steady().sleepMs(499).tick();
    assertThat(script.sent(3, EnrpPresence.class)).noneMatch(EnrpPresence::replyRequired);
  }

  @Test
  void ownAbsenceIsNoSilenceOfThePeers() {
    PeerScript script = steady().sleepMs(1_700).tick();
    assertThat(script.events(PeerEvent.Suspected.class)).isEmpty();
    assertThat(script.events(PeerEvent.Dead.class)).isEmpty();
  }

  @Test
  void nobodyIsDeclaredDeadDuringTheDoubt() {
    PeerScript script = steady();
    script.silent(3).sleepMs(1_000).loses(3, LossReason.RESET);
    long wokeNs = script.nowNs();
    script.fails(3, LossReason.REFUSED).tick();
    while (script.nowNs() < wokeNs + 890 * MS) {
      script.forget().passMs(10);
      if (script.calls(3) > 0) {
        script.fails(3, LossReason.REFUSED);
      }
    }
    script.forget().to(wokeNs + 900 * MS - 1);
    assertThat(script.events(PeerEvent.Dead.class)).isEmpty();
    script.to(wokeNs + 900 * MS);
    assertThat(script.events(PeerEvent.Dead.class)).hasSize(1);
  }

  /// However many messages have waited, the registrar was away once.
  @Test
  void waitingInputIsReadWithoutAskingEverybodyEachTime() {
    PeerScript script = steady().silent(3, 7).sleepMs(3_000);
    for (int i = 0; i < 10; i++) {
      script.says(7, new EnrpListRequest(id(7), ID));
    }
    script.tick();
    assertThat(script.sent(3, EnrpPresence.class).stream().filter(EnrpPresence::replyRequired))
        .hasSize(1);
    assertThat(script.sent(7, EnrpPresence.class).stream().filter(EnrpPresence::replyRequired))
        .hasSize(1);
  }

  @Test
  void peerThatDiedDuringTheAbsenceIsFoundInTime() {
    PeerScript script = steady().silent(3).sleepMs(3_000);
    long wokeNs = script.nowNs();
    for (int i = 0; i < 10; i++) {
      script.says(7, new EnrpListRequest(id(7), ID));
    }
    script.tick().to(wokeNs + 1_900 * MS);
    assertThat(script.events(PeerEvent.Dead.class))
        .singleElement()
        .satisfies(dead -> assertThat(dead.peer()).isEqualTo(id(3)));
  }

  @Test
  void silenceThatIsToldIsNeverNegative() {
    PeerScript script = steady().silent(3).sleepMs(3_000);
    for (int i = 0; i < 10; i++) {
      script.says(7, new EnrpListRequest(id(7), ID));
    }
    assertThat(script.peer(3).orElseThrow().silence().isNegative()).isFalse();
  }

  @Test
  void secondAbsenceDuringTheDoubtIsDoubtedAsWell() {
    PeerScript script = steady().silent(3, 7).sleepMs(700).tick();
    script.forget().sleepMs(800).tick();
    long wokeNs = script.nowNs();
    script.to(wokeNs + 899 * MS);
    assertThat(script.events(PeerEvent.Dead.class)).isEmpty();
  }

  @Test
  void whoWasAwayForLongFetchesTheTableAgain() {
    PeerScript script = steady().silent(3, 7).sleepMs(2_000).tick();
    assertThat(script.view().isServing()).isFalse();
    script.up(new AssociationId(50), AssociationKind.ASAP, 50, PeerIdentity.ANONYMOUS);
    script.asap(50, new AsapHandleResolution(Script.POOL, false, 0));
    assertThat(script.asapSent(new AssociationId(50)).getFirst().toString())
        .contains(CauseCode.LACK_OF_RESOURCES.text());
    script.presence(7, false).says(3, new EnrpHandleTableRequest(id(3), ID, false));
    assertThat(script.sent(3, EnrpHandleTableResponse.class))
        .singleElement()
        .satisfies(response -> assertThat(response.rejected()).isTrue());

    assertThat(script.sent(7, EnrpListRequest.class)).hasSize(1);
    script.says(7, StartupTest.list(7, 3, 7));
    assertThat(script.sent(7, EnrpHandleTableRequest.class))
        .containsExactly(new EnrpHandleTableRequest(ID, id(7), false));
    script.says(7, StartupTest.table(7, false, at(7, 9)));
    assertThat(script.view().isServing()).isTrue();
    assertThat(script.home(9)).contains(id(7));
    assertThat(script.home(1)).contains(ID);
  }

  @Test
  void whoFindsNobodyAfterwardsServesWithWhatItHas() {
    PeerScript script = steady().silent(3, 7).sleepMs(2_000).tick();
    long wokeNs = script.nowNs();
    script.mute(1).to(wokeNs + 1_900 * MS - 1);
    assertThat(script.view().isServing()).isFalse();
    script.to(wokeNs + 1_900 * MS);
    assertThat(script.view().isServing()).isTrue();
  }

  @Test
  void whoIsAloneServesOnAfterALongAbsence() {
    PeerScript script = new PeerScript(Profile.STANDARD).start().registers(1).passMs(3_000);
    script.sleepMs(3_000).tick();
    assertThat(script.view().isServing()).isTrue();
    assertThat(script.events(RegistrarEvent.SelfDoubted.class)).hasSize(1);
  }

  @Test
  void whoWasTakenOverMeanwhileHearsItBeforeItSaysAnything() {
    PeerScript script = steady().sleepMs(3_000);
    script.says(7, TakeoverTest.init(7, 5)).says(7, TakeoverTest.done(7, 5));
    assertThat(script.events(PeerEvent.TakenForDead.class)).hasSize(2);
    script.adds(7, at(7, 1)).tick();
    assertThat(script.home(1)).contains(id(7));
    script.forget().passMs(3_000);
    assertThat(script.home(1)).contains(id(7));
    assertThat(script.sent(3, EnrpHandleUpdate.class)).isEmpty();
    assertThat(script.state(7)).contains(PeerState.ACTIVE);
  }
}
