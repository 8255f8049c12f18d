package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.LossReason;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// How a registrar comes into the scope: RFC 5353 section 3.2.
class StartupTest {

  static EnrpListResponse list(long from, long... servers) {
    List<ServerInformation> all =
        java.util.stream.LongStream.of(servers).mapToObj(PeerScript::information).toList();
    return new EnrpListResponse(id(from), ID, false, all);
  }

  static EnrpListResponse rejectedList(long from) {
    return new EnrpListResponse(id(from), ID, true, List.of());
  }

  static EnrpHandleTableResponse table(long from, boolean more, PoolElementParameter... elements) {
    List<EnrpHandleTableResponse.PoolEntry> pools =
        elements.length == 0
            ? List.of()
            : List.of(new EnrpHandleTableResponse.PoolEntry(Script.POOL, List.of(elements)));
    return new EnrpHandleTableResponse(id(from), ID, false, more, pools);
  }

  static EnrpHandleTableResponse rejectedTable(long from) {
    return new EnrpHandleTableResponse(id(from), ID, true, false, List.of());
  }

  private static PeerScript asking(Profile profile, long... peers) {
    PeerScript script = new PeerScript(profile).start(peers);
    return script.accepts(peers[0]).presence(peers[0], false);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void withoutConfiguredPeersItIsAloneAndServesAtOnce(Profile profile) {
    PeerScript script = new PeerScript(profile).start();
    assertThat(script.view().isServing()).isTrue();
    assertThat(script.effects(io.rserpool.engine.Effect.Open.class)).isEmpty();
    assertThat(script.events(PeerEvent.Synchronised.class))
        .singleElement()
        .satisfies(event -> assertThat(event.mentor()).isEqualTo(ServerId.NONE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void configuredPeersAreAllCalledAndAskedWhetherTheyLive(Profile profile) {
    PeerScript script = new PeerScript(profile).start(3, 7);
    assertThat(script.calls(3)).isEqualTo(1);
    assertThat(script.calls(7)).isEqualTo(1);
    assertThat(script.view().isServing()).isFalse();
    script.accepts(3);
    assertThat(script.sent(3))
        .singleElement()
        .isEqualTo(
            new EnrpPresence(
                ID,
                ServerId.NONE,
                true,
                0xffff,
                new ServerInformation(ID, List.of(PeerScript.HERE))));
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"STANDARD", "RFC"})
  void mentorIsAskedForTheListAndThenForTheWholeTable(Profile profile) {
    PeerScript script = asking(profile, 3);
    assertThat(script.sent(3, EnrpListRequest.class))
        .containsExactly(new EnrpListRequest(ID, id(3)));
    assertThat(script.sent(3, EnrpHandleTableRequest.class)).isEmpty();

    script.says(3, list(3, 3, 7));
    assertThat(script.sent(3, EnrpHandleTableRequest.class))
        .containsExactly(new EnrpHandleTableRequest(ID, id(3), false));
    assertThat(script.view().isServing()).isFalse();

    script.says(3, table(3, false, at(3, 1), at(7, 2)));
    assertThat(script.view().isServing()).isTrue();
    assertThat(script.home(1)).contains(id(3));
    assertThat(script.home(2)).contains(id(7));
    assertThat(script.events(PeerEvent.Synchronised.class))
        .singleElement()
        .satisfies(event -> assertThat(event.mentor()).isEqualTo(id(3)));
  }

  @Test
  void rsplibAsksForBothAtOnce() {
    PeerScript script = asking(Profile.RSPLIB, 3);
    assertThat(script.sent(3, EnrpListRequest.class)).hasSize(1);
    assertThat(script.sent(3, EnrpHandleTableRequest.class))
        .containsExactly(new EnrpHandleTableRequest(ID, id(3), false));
    script.says(3, table(3, false, at(3, 1)));
    assertThat(script.events(PeerEvent.Synchronised.class)).hasSize(1);
    script.says(3, list(3, 3, 7));
    assertThat(script.state(7)).contains(PeerState.SUSPECT);
  }

  @Test
  void serversOfTheListBecomePeersAndAreCalled() {
    PeerScript script = asking(Profile.STANDARD, 3).says(3, list(3, 3, 7, 5));
    assertThat(script.state(7)).contains(PeerState.SUSPECT);
    assertThat(script.view().peers()).hasSize(2);
    assertThat(script.calls(7)).isEqualTo(1);
    script.accepts(7);
    assertThat(script.sent(7, EnrpPresence.class))
        .singleElement()
        .satisfies(presence -> assertThat(presence.replyRequired()).isTrue());
    script.presence(7, false);
    assertThat(script.state(7)).contains(PeerState.ACTIVE);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void tableOfManyPartsIsAskedForWithTheSameFlag(Profile profile) {
    PeerScript script = asking(profile, 3).says(3, list(3, 3));
    for (int n = 1; n <= 3; n++) {
      script.says(3, table(3, true, at(3, n)));
      assertThat(script.element(n)).isPresent();
      assertThat(script.sent(3, EnrpHandleTableRequest.class))
          .hasSize(n + 1)
          .allMatch(request -> !request.ownChildrenOnly());
      assertThat(script.events(PeerEvent.Synchronised.class)).isEmpty();
    }
    script.says(3, table(3, false, at(3, 4)));
    assertThat(script.events(PeerEvent.Synchronised.class)).hasSize(1);
    assertThat(script.sent(3, EnrpHandleTableRequest.class)).hasSize(4);
  }

  @Test
  void emptyTableIsATable() {
    PeerScript script = asking(Profile.STANDARD, 3).says(3, list(3, 3)).says(3, table(3, false));
    assertThat(script.view().isServing()).isTrue();
  }

  @Test
  void emptyPartThatIsNotTheLastEndsTheTransfer() {
    PeerScript script = asking(Profile.STANDARD, 3).says(3, list(3, 3)).forget();
    script.says(3, table(3, true));
    assertThat(script.sent(3, EnrpHandleTableRequest.class)).isEmpty();
    assertThat(script.events(PeerEvent.RequestFailed.class)).hasSize(1);
  }

  @Test
  void elementsOfTheTableKeepTheirPolicyAndPool() {
    PoolHandle other = PoolHandle.of("other");
    PeerScript script = asking(Profile.STANDARD, 3).says(3, list(3, 3));
    PoolElementParameter weighted =
        at(3, 1).withPolicy(new io.rserpool.protocol.Policy.WeightedRoundRobin(5));
    script.says(
        3,
        new EnrpHandleTableResponse(
            id(3),
            ID,
            false,
            false,
            List.of(new EnrpHandleTableResponse.PoolEntry(other, List.of(weighted)))));
    assertThat(script.view().elements())
        .singleElement()
        .satisfies(seen -> {
          assertThat(seen.handle()).isEqualTo(other);
          assertThat(seen.element()).isEqualTo(weighted);
          assertThat(seen.living()).isFalse();
        });
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,900", "RFC,5000"})
  void mentorThatDoesNotAnswerTheListIsLeftExactlyInTime(Profile profile, long waitMs) {
    PeerScript script = asking(profile, 3, 7);
    script.accepts(7).presence(7, false).lively(3, 7);
    long askedNs = script.nowNs();
    long retryMs = profile == Profile.STANDARD ? 250 : 3_000;

    script.to(askedNs + waitMs * MS - 1);
    assertThat(script.events(PeerEvent.RequestFailed.class)).isEmpty();
    script.to(askedNs + waitMs * MS);
    assertThat(script.events(PeerEvent.RequestFailed.class)).hasSize(1);
    script.to(askedNs + (waitMs + retryMs) * MS - 1);
    assertThat(script.sent(7, EnrpListRequest.class)).isEmpty();
    script.to(askedNs + (waitMs + retryMs) * MS);
    assertThat(script.sent(7, EnrpListRequest.class)).hasSize(1);
    assertThat(script.sent(3, EnrpListRequest.class)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,1000,250", "RFC,10000,3000", "RSPLIB,10000,3000"})
  void mentorThatDoesNotAnswerTheTableIsLeftExactlyInTime(
      Profile profile, long waitMs, long retryMs) {
    RegistrarSettings settings =
        RegistrarSettings.forProfile(profile).toBuilder()
            .set(RegistrarSetting.START_TIME, java.time.Duration.ofSeconds(30))
            .build();
    PeerScript script = new PeerScript(settings).start(3, 7);
    script.accepts(3).presence(3, false).accepts(7).presence(7, false).lively(3, 7);
    script.says(3, list(3, 3, 7));
    long askedNs = script.nowNs();

    script.to(askedNs + waitMs * MS - 1);
    assertThat(script.events(PeerEvent.RequestFailed.class)).isEmpty();
    script.to(askedNs + waitMs * MS);
    assertThat(script.events(PeerEvent.RequestFailed.class)).hasSize(1);
    script.to(askedNs + (waitMs + retryMs) * MS);
    assertThat(script.sent(7, EnrpListRequest.class)).hasSize(1);
    script.says(7, list(7, 3, 7)).says(7, table(7, false, at(7, 1)));
    assertThat(script.events(PeerEvent.Synchronised.class))
        .singleElement()
        .satisfies(event -> assertThat(event.mentor()).isEqualTo(id(7)));
  }

  @Test
  void everyPartOfTheTableHasItsOwnTime() {
    PeerScript script = asking(Profile.STANDARD, 3).lively(3).says(3, list(3, 3));
    for (int n = 1; n <= 3; n++) {
      script.passMs(999).says(3, table(3, true, at(3, n)));
    }
    assertThat(script.events(PeerEvent.RequestFailed.class)).isEmpty();
    script.passMs(1_000);
    assertThat(script.events(PeerEvent.RequestFailed.class)).hasSize(1);
  }

  @Test
  void answersOfALeftMentorCountNoMore() {
    PeerScript script = asking(Profile.STANDARD, 3).lively(3).says(3, list(3, 3));
    script.passMs(1_000).says(3, table(3, false, at(3, 1)));
    assertThat(script.element(1)).isEmpty();
    assertThat(script.view().isServing()).isFalse();
  }

  @Test
  void mentorThatDiesInTheMiddleIsReplacedByABackup() {
    PeerScript script = asking(Profile.STANDARD, 3, 7).says(3, list(3, 3, 7));
    script.accepts(7).presence(7, false).lively(7);
    script.says(3, table(3, true, at(3, 1), at(7, 2), at(7, 3)));
    script.loses(3, LossReason.RESET).passMs(250);
    assertThat(script.element(2)).isPresent();
    script.passMs(150).says(7, list(7, 7)).says(7, table(7, false, at(3, 1), at(7, 3), at(7, 4)));

    assertThat(script.view().isServing()).isTrue();
    assertThat(script.element(1)).isPresent();
    assertThat(script.element(2)).as("in the first table, but not in the second").isEmpty();
    assertThat(script.element(3)).isPresent();
    assertThat(script.element(4)).isPresent();
  }

  @Test
  void elementOfAnUnfinishedTableStaysIfAnUpdateHasTouchedItInTheMeantime() {
    PeerScript script = asking(Profile.STANDARD, 3, 7).says(3, list(3, 3, 7));
    script.accepts(7).presence(7, false).lively(7);
    script.says(3, table(3, true, at(3, 1), at(7, 2)));
    script.loses(3, LossReason.RESET).adds(7, at(7, 2)).passMs(250);
    script.says(7, list(7, 7)).passMs(200).says(7, table(7, false, at(3, 1)));

    assertThat(script.element(2)).isPresent();
  }

  @Test
  void mentorMayBeAPeerThatCallsByItself() {
    PeerScript script = new PeerScript(Profile.STANDARD).start(3);
    script.fails(3, LossReason.UNREACHABLE).joins(7);
    assertThat(script.sent(7, EnrpListRequest.class)).hasSize(1);
  }
}
