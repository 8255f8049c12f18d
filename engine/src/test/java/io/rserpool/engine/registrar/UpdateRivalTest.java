package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Updates that contradict what this registrar knows better: cases 9 and 15 of the difficult ones,
/// and moves that cross.
class UpdateRivalTest {

  private static final AssociationId FIRST = new AssociationId(1);

  @Test
  void ownIdentifierAsHomeOfAnUnknownElementIsAnError() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).adds(7, at(5, 1));
    assertThat(script.view().elements()).isEmpty();
    assertThat(script.events(PeerEvent.UpdateIgnored.class)).hasSize(1);
  }

  @Test
  void ownIdentifierAsHomeOfAKnownElementChangesNothing() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).registers(1).adds(7, at(7, 2));
    script.adds(7, at(5, 1)).adds(7, at(5, 2));
    assertThat(script.element(1).orElseThrow().registrationLife()).isEqualTo(60);
    assertThat(script.home(2)).contains(id(7));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void ofTwoProcessesWithOneIdentifierTheRightOneStays(Profile profile) {
    boolean higherWins = profile != Profile.RSPLIB;
    for (long peer : new long[] {4, 7}) {
      PeerScript script = PeerScript.among(profile, peer).registers(1).forget();
      script.adds(peer, at(peer, 1).withUserTransport(Script.service(9)));
      boolean keeps = higherWins == (peer < 5);
      assertThat(script.home(1)).contains(keeps ? ID : id(peer));
      if (keeps) {
        assertThat(script.sent(peer, EnrpHandleUpdate.class))
            .singleElement()
            .satisfies(update -> assertThat(update.element().homeId()).isEqualTo(ID));
        assertThat(script.events(PeerEvent.UpdateIgnored.class)).hasSize(1);
      } else {
        assertThat(script.asapSent(FIRST))
            .last()
            .isInstanceOfSatisfying(
                AsapDeregistrationResponse.class,
                response ->
                    assertThat(response.causes().getFirst().cause())
                        .isEqualTo(CauseCode.NON_UNIQUE_ELEMENT_ID));
        assertThat(script.sent(peer, EnrpHandleUpdate.class)).isEmpty();
      }
    }
  }

  @Test
  void processThatMovedWithItsAddressIsNoSecondProcess() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 4).registers(1);
    script.passMs(200).adds(4, at(4, 1));
    assertThat(script.home(1)).contains(id(4));
  }

  /// Two registrars that hear of an element almost at once would both let it go.
  @ParameterizedTest
  @CsvSource({
    "STANDARD,4,true",
    "STANDARD,7,false",
    "RFC,4,true",
    "RFC,7,false",
    "RSPLIB,4,false",
    "RSPLIB,7,true"
  })
  void ofMovesThatCrossTheRightOneStays(Profile profile, long peer, boolean keeps) {
    for (long sinceNs : new long[] {200 * MS - 1, 200 * MS, 200 * MS + 1}) {
      PeerScript script = PeerScript.among(profile, peer).registers(1);
      long cameNs = script.nowNs();
      script.to(cameNs + sinceNs).forget().adds(peer, at(peer, 1));
      boolean stays = keeps && sinceNs < 200 * MS;
      assertThat(script.home(1)).contains(stays ? ID : id(peer));
      assertThat(script.sent(peer, EnrpHandleUpdate.class)).hasSize(stays ? 1 : 0);
    }
  }
}
