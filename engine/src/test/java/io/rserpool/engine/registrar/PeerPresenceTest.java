package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.engine.peers.PeerStatus;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Presences: RFC 5353 sections 2.1, 3.4.1 and 3.4.2.
class PeerPresenceTest {

  private static final ServerInformation OWN = new ServerInformation(ID, List.of(PeerScript.HERE));

  /// Ten evenly spread cycles all lie in one half of the range once in 512 times; the seed of the
  /// script is fixed.
  @ParameterizedTest
  @CsvSource({"STANDARD,675,750", "RFC,26010,30000", "RSPLIB,2139,2750"})
  void cyclesVaryDownwardsOnly(Profile profile, long leastMs, long mostMs) {
    PeerScript script = PeerScript.among(profile, 7).lively(7).forget();
    script.passMs(15 * mostMs);
    List<Long> times = new ArrayList<>(script.times(7, EnrpPresence.class));
    List<Long> cycles = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      cycles.add(times.get(i) - times.get(i - 1));
    }
    long middleNs = (leastMs + mostMs) * MS / 2;
    assertThat(cycles)
        .hasSizeGreaterThan(10)
        .allMatch(ns -> ns >= leastMs * MS && ns <= mostMs * MS)
        .anyMatch(ns -> ns < middleNs)
        .anyMatch(ns -> ns > middleNs)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void heartbeatsAskForNothingAndTellChecksumAndPlace(Profile profile) {
    PeerScript script = PeerScript.among(profile, 7, 8).lively(7, 8).registers(1).forget();
    script.passMs(profile == Profile.RFC ? 30_000 : 2_750);
    for (long n : List.of(7L, 8L)) {
      ServerId receiver = profile == Profile.RSPLIB ? id(n) : ServerId.NONE;
      EnrpPresence expected =
          new EnrpPresence(ID, receiver, false, script.view().checksum(ID), OWN);
      assertThat(script.sent(n, EnrpPresence.class)).isNotEmpty().containsOnly(expected);
    }
    assertThat(script.view().checksum(ID)).isNotEqualTo(0xffff);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void everyPresenceHasTheChecksumOfTheMoment(Profile profile) {
    PeerScript script = PeerScript.among(profile, 7).forget();
    List<Integer> checksums = new ArrayList<>();
    for (int n = 1; n <= 3; n++) {
      script.presence(7, true).registers(n);
      checksums.add(script.view().checksum(ID));
    }
    script.presence(7, true);
    assertThat(script.sent(7, EnrpPresence.class))
        .extracting(EnrpPresence::checksum)
        .containsExactly(0xffff, checksums.get(0), checksums.get(1), checksums.get(2));
    assertThat(checksums).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void presenceThatAsksIsAnsweredOverTheSameAssociation(Profile profile) {
    PeerScript script = PeerScript.among(profile, 7).opens(7, 150).forget().presence(7, true);
    assertThat(script.sent(7, EnrpMessage.class))
        .containsExactly(new EnrpPresence(ID, id(7), false, 0xffff, OWN));
  }

  @Test
  void presenceThatDoesNotAskIsNotAnswered() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).forget().presence(7, false);
    assertThat(script.sent(7)).isEmpty();
  }

  @Test
  void unknownSenderIsAPeerAndIsAskedWhetherItLives() {
    PeerScript script = PeerScript.among(Profile.STANDARD).opens(7).presence(7, false);
    assertThat(script.state(7)).contains(PeerState.ACTIVE);
    assertThat(script.sent(7, EnrpPresence.class))
        .containsExactly(new EnrpPresence(ID, id(7), true, 0xffff, OWN));
    assertThat(script.events(PeerEvent.Found.class)).hasSize(1);
  }

  @Test
  void anyMessageOfAnUnknownSenderMakesItAPeer() {
    PeerScript script = PeerScript.among(Profile.STANDARD).opens(7);
    script.adds(7, at(7, 1));
    assertThat(script.state(7)).contains(PeerState.ACTIVE);
    assertThat(script.home(1)).contains(id(7));
    assertThat(script.sent(7, EnrpPresence.class))
        .singleElement()
        .satisfies(presence -> assertThat(presence.replyRequired()).isTrue());
  }

  @Test
  void listOfEachPeerIsAskedForOnce() {
    PeerScript script = PeerScript.among(Profile.STANDARD).joins(7).presence(7, false);
    assertThat(script.sent(7, EnrpListRequest.class))
        .containsExactly(new EnrpListRequest(ID, id(7)));
    script.says(7, StartupTest.list(7, 7, 8));
    assertThat(script.state(8)).contains(PeerState.SUSPECT);
    script.passMs(100).presence(7, false);
    assertThat(script.sent(7, EnrpListRequest.class)).hasSize(1);
  }

  @Test
  void ownNameAndKnownNamesInAListAreSkipped() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7);
    script.says(7, new EnrpListResponse(id(7), ID, false, List.of(OWN, PeerScript.information(7))));
    assertThat(script.view().peers()).extracting(PeerStatus::id).containsExactly(id(7));
  }

  @Test
  void listTellsThisRegistrarAndThoseThatLive() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7, 8).lively(8);
    script.passMs(900).forget();
    script.opens(9).says(9, new EnrpListRequest(id(9), ID));
    assertThat(script.sent(9, EnrpListResponse.class))
        .containsExactly(
            new EnrpListResponse(ID, id(9), false, List.of(OWN, PeerScript.information(8))));
  }

  @Test
  void statusTellsWhatIsKnownOfAPeer() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).adds(7, at(7, 1)).adds(7, at(7, 2));
    script.passMs(123).tick();
    assertThat(script.view().peers())
        .containsExactly(
            new PeerStatus(
                id(7),
                PeerState.ACTIVE,
                List.of("tcp://10.0.0.107:9901"),
                2,
                script.view().checksum(id(7)),
                true,
                Duration.ofMillis(123)));
  }

  @Test
  void presenceWithoutPlaceForgetsNoPlace() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7);
    script.says(7, new EnrpPresence(id(7), ServerId.NONE, false, 0xffff, ServerInformation.NONE));
    assertThat(script.peer(7).orElseThrow().addresses()).containsExactly("tcp://10.0.0.107:9901");
  }

  // What is not in order.

  @Test
  void messageForSomebodyElseIsDropped() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).forget();
    script.says(7, new EnrpHandleTableRequest(id(7), id(9), false));
    assertThat(script.sent(7)).isEmpty();
    assertThat(script.events(RegistrarEvent.Malformed.class)).hasSize(1);
  }

  @Test
  void messageForThisOneByNameIsTaken() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).forget();
    script.says(7, new EnrpPresence(id(7), ID, true, 0xffff, PeerScript.information(7)));
    assertThat(script.sent(7)).hasSize(1);
  }

  @Test
  void secondNameOnOneAssociationIsDropped() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).forget();
    script.says(7, new EnrpPresence(id(8), ServerId.NONE, true, 0xffff, PeerScript.information(8)));
    assertThat(script.view().peers()).extracting(PeerStatus::id).containsExactly(id(7));
    assertThat(script.sent(7)).isEmpty();
    assertThat(script.events(RegistrarEvent.Malformed.class)).hasSize(1);
  }

  @Test
  void ownEchoIsIgnored() {
    PeerScript script = PeerScript.among(Profile.STANDARD).opens(7).forget();
    script.says(7, new EnrpPresence(ID, ServerId.NONE, false, 0xffff, OWN));
    assertThat(script.view().peers()).isEmpty();
    assertThat(script.sent(7)).isEmpty();
    assertThat(script.events(PeerEvent.IdentifierClash.class)).isEmpty();
  }

  @Test
  void ownNameFromAnotherPlaceIsAClash() {
    PeerScript script = PeerScript.among(Profile.STANDARD).opens(7).forget();
    ServerInformation other = new ServerInformation(ID, PeerScript.information(7).transports());
    script.says(7, new EnrpPresence(ID, ServerId.NONE, false, 0xffff, other));
    assertThat(script.view().peers()).isEmpty();
    assertThat(script.events(PeerEvent.IdentifierClash.class))
        .containsExactly(new PeerEvent.IdentifierClash(ID, "10.0.0.107:40000", false));
  }

  @Test
  void clashDuringTheStartSaysThatAnotherNameMayBeTaken() {
    PeerScript script = new PeerScript(Profile.STANDARD).start(7).opens(8);
    ServerInformation other = new ServerInformation(ID, PeerScript.information(8).transports());
    script.says(8, new EnrpPresence(ID, ServerId.NONE, false, 0xffff, other));
    assertThat(script.events(PeerEvent.IdentifierClash.class))
        .singleElement()
        .satisfies(clash -> assertThat(clash.starting()).isTrue());
  }

  @Test
  void toolsWithoutANameMayLookWithoutJoining() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).adds(7, at(7, 1)).registers(2);
    script.opens(9).forget();
    script.says(9, new EnrpPresence(ServerId.NONE, ServerId.NONE, true, 0, ServerInformation.NONE));
    script.says(9, new EnrpListRequest(ServerId.NONE, ServerId.NONE));
    script.says(9, new EnrpHandleTableRequest(ServerId.NONE, ServerId.NONE, false));
    assertThat(script.sent(9)).hasSize(3).allMatch(message -> message.sender().equals(ID));
    assertThat(script.view().peers()).hasSize(1);
    assertThat(script.events(PeerEvent.Found.class)).isEmpty();
  }

  @Test
  void whoHasNoNameMayChangeNothing() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).adds(7, at(7, 1)).opens(9);
    script.says(
        9,
        new io.rserpool.protocol.enrp.EnrpHandleUpdate(
            ServerId.NONE,
            ServerId.NONE,
            io.rserpool.protocol.enrp.UpdateAction.DEL_PE,
            false,
            Script.POOL,
            at(7, 1)));
    script.says(
        9, new io.rserpool.protocol.enrp.EnrpTakeoverServer(ServerId.NONE, ServerId.NONE, id(7)));
    assertThat(script.home(1)).contains(id(7));
    assertThat(script.state(7)).contains(PeerState.ACTIVE);
    assertThat(script.events(RegistrarEvent.Malformed.class)).hasSize(2);
  }

  @Test
  void morePeersThanTheLimitAreNotTaken() {
    RegistrarSettings settings =
        RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
            .set(RegistrarSetting.PEERS_MAX, 2)
            .build();
    PeerScript script = PeerScript.among(settings, 7, 8).joins(9);
    assertThat(script.view().peers()).extracting(PeerStatus::id).containsExactly(id(7), id(8));
    assertThat(script.events(RegistrarEvent.Malformed.class)).hasSize(1);
    script.says(7, StartupTest.list(7, 7, 8, 10));
    assertThat(script.view().peers()).hasSize(2);
  }
}
