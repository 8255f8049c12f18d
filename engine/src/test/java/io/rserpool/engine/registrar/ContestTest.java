package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.id;
import static io.rserpool.engine.registrar.StartupTest.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpInitTakeover;
import io.rserpool.protocol.enrp.EnrpTakeoverServer;
import org.junit.jupiter.api.Test;

/// Two peers that cannot reach each other claim the same element: this registrar, which hears both,
/// must neither lose it nor hand it to and fro.
class ContestTest {

  private static final int WRONG = 0x1234;

  private static PeerScript claims(PeerScript script, long peer) {
    script.presence(peer, false, WRONG).says(peer, table(peer, false, at(peer, 1)));
    return script;
  }

  private static PeerScript claimsNothing(PeerScript script, long peer) {
    script.passMs(500).presence(peer, false, WRONG).says(peer, table(peer, false));
    return script;
  }

  /// Peer 8 takes peer 7 over, which lives on.
  private static PeerScript takenOver() {
    PeerScript script = PeerScript.among(Profile.RFC, 7, 8).lively(7, 8).adds(7, at(7, 1));
    script.says(8, new EnrpInitTakeover(id(8), ServerId.NONE, id(7))).presence(7, false);
    script.says(8, new EnrpTakeoverServer(id(8), ServerId.NONE, id(7)));
    assertThat(script.home(1)).contains(id(8));
    return script;
  }

  @Test
  void tableDoesNotTakeAnElementFromALivingHome() {
    PeerScript script = PeerScript.among(Profile.RFC, 7, 8).lively(7, 8).adds(8, at(8, 1));
    assertThat(claims(script, 7).home(1)).contains(id(8));
    assertThat(claims(script, 8).home(1)).contains(id(8));
  }

  @Test
  void elementGoesToTheOtherClaimWhenItsHomeHasItNoMore() {
    PeerScript script = PeerScript.among(Profile.RFC, 7, 8).lively(7, 8).adds(8, at(8, 1));
    claims(script, 7);
    assertThat(claimsNothing(script, 8).home(1)).contains(id(7));
  }

  /// In profiles whose registrations run out everywhere.
  @Test
  void claimShowsThatTheElementLives() {
    PeerScript script = PeerScript.among(Profile.RFC, 7, 8).lively(7, 8).adds(8, at(8, 1, 40));
    claims(script.passMs(100_000), 7).passMs(100_000);
    assertThat(script.home(1)).contains(id(8));
    assertThat(script.passMs(11_000).element(1)).isEmpty();
  }

  @Test
  void olderClaimIsForgottenWithTheNextUpdate() {
    PeerScript script = PeerScript.among(Profile.RFC, 7, 8).lively(7, 8).adds(8, at(8, 1));
    claims(script, 7).adds(8, at(8, 1, 50));
    assertThat(claimsNothing(script, 8).element(1)).isEmpty();
  }

  @Test
  void registrarThatWasHeardSinceItWasGivenUpStaysAPeer() {
    PeerScript script = takenOver();
    assertThat(script.peer(7)).isPresent();
    assertThat(script.events(PeerEvent.TakenOver.class)).hasSize(1);
    assertThat(script.adds(7, at(7, 1)).home(1)).contains(id(7));
  }

  @Test
  void livingRegistrarsTableBeatsWhatItsHeirHasNotConfirmed() {
    PeerScript script = takenOver();
    assertThat(claims(script, 7).home(1)).contains(id(7));
    assertThat(claims(script, 8).home(1)).contains(id(7));
  }

  @Test
  void livingRegistrarsTableDoesNotBeatWhatItsHeirHasConfirmed() {
    PeerScript script = takenOver().adds(8, at(8, 1));
    assertThat(claims(script, 7).home(1)).contains(id(8));
  }

  @Test
  void elementThatTheHeirCouldNotReachGoesBack() {
    PeerScript script = takenOver().deletes(8, at(7, 1));
    assertThat(script.home(1)).contains(id(7));
  }

  @Test
  void elementThatTheHeirCouldNotReachIsGoneIfItsRegistrarIsSilent() {
    PeerScript script = PeerScript.among(Profile.RFC, 7, 8).adds(7, at(7, 1));
    script.says(8, new EnrpInitTakeover(id(8), ServerId.NONE, id(7)));
    script.says(8, new EnrpTakeoverServer(id(8), ServerId.NONE, id(7)));
    assertThat(script.peer(7)).isEmpty();
    assertThat(script.deletes(8, at(7, 1)).element(1)).isEmpty();
  }
}
