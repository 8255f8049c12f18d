package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.HERE;
import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.endpoint;
import static io.rserpool.engine.registrar.PeerScript.id;
import static io.rserpool.engine.registrar.PeerScript.information;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Registrars that find each other by multicast (RFC 5351 section 3.1), and those who invent some.
class PresenceGroupTest {

  /// Calls within the time of one; the limit of the group.
  private static final int STRANGERS = 16;

  private static final IpAddress SOURCE = Script.address(77);
  private static final IpAddress NOWHERE = new IpAddress.V4(0);

  private static PeerScript start(Profile profile, long... peers) {
    return start(new PeerScript(profile), peers);
  }

  private static PeerScript start(PeerScript script, long... peers) {
    List<Endpoint> endpoints =
        java.util.stream.LongStream.of(peers).mapToObj(PeerScript::endpoint).toList();
    return script.input(
        new RegistrarRequest.Start(1, List.of(), List.of(HERE), false, true, endpoints));
  }

  /// A registrar that has sought in vain and serves.
  private static PeerScript alone(Profile profile) {
    return start(profile).toMs(10_000).forget();
  }

  private static EnrpPresence presence(ServerId sender, AsapTransport... transports) {
    return new EnrpPresence(
        sender, ServerId.NONE, true, 0x1234, new ServerInformation(sender, List.of(transports)));
  }

  private static Input heard(EnrpPresence presence) {
    return new Input.PresenceReceived(SOURCE, 9_901, presence);
  }

  private static Input heard(long n) {
    return heard(new EnrpPresence(id(n), ServerId.NONE, true, 0x1234, information(n)));
  }

  private static AsapTransport.Tcp tcp(IpAddress address, int port) {
    return new AsapTransport.Tcp(address, port);
  }

  private static List<Endpoint> called(PeerScript script) {
    return script.effects(Effect.Open.class).stream().map(Effect.Open::endpoint).toList();
  }

  private static List<EnrpPresence> announced(PeerScript script) {
    return script.effects(Effect.AnnouncePresence.class).stream()
        .map(Effect.AnnouncePresence::message)
        .toList();
  }

  // What it says.

  @Test
  void withoutMulticastNothingIsSaidAndNothingIsHeard() {
    PeerScript script = new PeerScript(Profile.RSPLIB).start().toMs(20_000).input(heard(3));
    assertThat(announced(script)).isEmpty();
    assertThat(called(script)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,1500", "RFC,5000", "RSPLIB,5000"})
  void serversAreSoughtExactlySoLongAndThenItIsAlone(Profile profile, long searchMs) {
    PeerScript script = start(profile).to(searchMs * MS - 1);
    assertThat(announced(script).getFirst())
        .isEqualTo(
            new EnrpPresence(
                ID, ServerId.NONE, true, 0xffff, new ServerInformation(ID, List.of(HERE))));
    assertThat(script.events(PeerEvent.Synchronised.class)).isEmpty();
    script.to(searchMs * MS);
    assertThat(script.events(PeerEvent.Synchronised.class))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.mentor()).isEqualTo(ServerId.NONE);
          assertThat(event.detail()).isEqualTo("no other registrar was heard");
        });
  }

  @Test
  void theTimeOfTheSearchIsASetting() {
    RegistrarSettings settings =
        RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
            .set(RegistrarSetting.MENTOR_SEARCH, java.time.Duration.ofMillis(20))
            .build();
    PeerScript script = start(new PeerScript(settings)).to(20 * MS - 1);
    assertThat(script.view().isServing()).isFalse();
    assertThat(script.to(20 * MS).view().isServing()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,750,675", "RSPLIB,2750,2139"})
  void presenceGoesToTheGroupWithEveryHeartbeatAndAsksForNothingAfterTheStart(
      Profile profile, long cycleMs, long leastMs) {
    PeerScript script = alone(profile).passMs(20 * cycleMs);
    assertThat(announced(script))
        .hasSizeBetween(20, (int) (20 * cycleMs / leastMs) + 1)
        .allMatch(presence -> !presence.replyRequired() && presence.receiver().isNone());
  }

  @Test
  void nothingIsSaidAfterTheEnd() {
    PeerScript script = alone(Profile.RSPLIB).input(new RegistrarRequest.Stop(2)).forget();
    script.passMs(20_000).input(heard(3));
    assertThat(script.seen()).isEmpty();
  }

  @Test
  void whoCannotBeCalledSaysNothing() {
    PeerScript script = new PeerScript(Profile.RSPLIB);
    script.input(new RegistrarRequest.Start(1, List.of(), List.of(), false, true, List.of()));
    assertThat(announced(script.passMs(20_000))).isEmpty();
  }

  // The start.

  @ParameterizedTest
  @EnumSource(Profile.class)
  void whoIsHeardIsCalledAndBecomesTheMentorWhenItSpeaks(Profile profile) {
    PeerScript script = start(profile).input(heard(3));
    assertThat(called(script)).containsExactly(endpoint(3));
    assertThat(script.view().peers()).isEmpty();
    script.accepts(3);
    assertThat(script.view().peers()).isEmpty();
    assertThat(script.sent(3, EnrpPresence.class))
        .singleElement()
        .satisfies(presence -> {
          assertThat(presence.replyRequired()).isTrue();
          assertThat(presence.receiver()).isEqualTo(ServerId.NONE);
        });

    script.presence(3, false);
    assertThat(script.state(3)).contains(PeerState.ACTIVE);
    assertThat(script.sent(3, EnrpListRequest.class)).hasSize(1);
    script.says(3, StartupTest.list(3, 3));
    assertThat(script.sent(3, EnrpHandleTableRequest.class)).hasSize(1);
    script.says(3, StartupTest.table(3, false, at(3, 1)));
    assertThat(script.view().isServing()).isTrue();
    assertThat(script.home(1)).contains(id(3));
  }

  @Test
  void whoComesByItselfBecomesTheMentor() {
    PeerScript script = start(Profile.RSPLIB).joins(3);
    assertThat(script.sent(3, EnrpListRequest.class)).hasSize(1);
  }

  @Test
  void mentorThatIsHeardLateHasItsTimeAllTheSame() {
    PeerScript script = start(Profile.RSPLIB).to(5_000 * MS - 1).input(heard(3));
    script.accepts(3).presence(3, false).lively(3).passMs(3_000);
    assertThat(script.view().isServing()).isFalse();
    script.says(3, StartupTest.list(3, 3)).says(3, StartupTest.table(3, false, at(3, 1)));
    assertThat(script.events(PeerEvent.Synchronised.class))
        .singleElement()
        .satisfies(event -> assertThat(event.mentor()).isEqualTo(id(3)));
  }

  /// What is said to a group may be lost.
  @Test
  void whoSeeksThereAsksAgainAndAgain() {
    PeerScript script = start(Profile.RFC).to(4_900 * MS);
    assertThat(questions(script)).isBetween(5L, 7L);
    script.to(64_000 * MS).forget();
    script.to(184_000 * MS);
    assertThat(questions(script)).isZero();
  }

  private static long questions(PeerScript script) {
    return script.effects(Effect.AnnouncePresence.class).stream()
        .filter(effect -> effect.message().replyRequired())
        .count();
  }

  @Test
  void mentorThatDoesNothingIsNotWaitedForForEver() {
    PeerScript script = start(Profile.RSPLIB).input(heard(3)).accepts(3);
    script.presence(3, false).lively(3).to(10_000 * MS - 1);
    assertThat(script.events(PeerEvent.Synchronised.class)).isEmpty();
    script.to(10_000 * MS);
    assertThat(script.events(PeerEvent.Synchronised.class)).hasSize(1);
  }

  @Test
  void configuredPeersThatAllRefuseAreFollowedByTheSearch() {
    PeerScript script = start(Profile.STANDARD, 7).fails(7, LossReason.REFUSED);
    long calls = script.calls(7);
    while (script.calls(7) == calls) {
      script.to(script.nextDeadlineNs());
    }
    script.fails(7, LossReason.REFUSED).to(1_500 * MS - 1);
    assertThat(script.view().isServing()).isFalse();
    script.to(1_500 * MS);
    assertThat(script.view().isServing()).isTrue();
  }

  @Test
  void configuredPeerMayBeTheMentorAsWell() {
    PeerScript script = start(Profile.STANDARD, 7).accepts(7).presence(7, false);
    assertThat(script.sent(7, EnrpListRequest.class)).hasSize(1);
  }

  @Test
  void configuredPeerThatIsSilentDoesNotKeepFromWhoIsHeard() {
    PeerScript script = start(Profile.STANDARD, 7).input(heard(3)).accepts(3);
    script.presence(3, false);
    assertThat(script.sent(3, EnrpListRequest.class)).hasSize(1);
  }

  // What follows from a presence, and what does not.

  @Test
  void ownPresenceIsIgnored() {
    PeerScript script = alone(Profile.RSPLIB);
    script.input(heard(presence(ID, HERE))).input(heard(presence(ID, tcp(SOURCE, 9_901))));
    assertThat(script.seen()).isEmpty();
  }

  @Test
  void presenceThatDoesNotNameItsSenderOrNoAddressIsIgnored() {
    PeerScript script = alone(Profile.RSPLIB);
    script.input(heard(new EnrpPresence(id(3), ServerId.NONE, true, 1, ServerInformation.NONE)));
    script.input(heard(new EnrpPresence(id(3), ServerId.NONE, true, 1, information(4))));
    script.input(heard(presence(ServerId.NONE, tcp(SOURCE, 9_901))));
    script.input(heard(presence(id(3), tcp(SOURCE, 0))));
    assertThat(script.seen()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,900", "RFC,61000", "RSPLIB,5000"})
  void presenceOfAKnownPeerIsNoSignOfLifeAndNoReasonToCompare(Profile profile, long silenceMs) {
    PeerScript script = alone(profile).joins(3).presence(3, false);
    long heardNs = script.nowNs();
    script.forget().to(heardNs + silenceMs * MS - 1).input(heard(3));
    assertThat(script.effects(Effect.Open.class)).isEmpty();
    assertThat(script.state(3)).contains(PeerState.ACTIVE);
    assertThat(script.events(PeerEvent.OutOfStep.class)).isEmpty();
    script.to(heardNs + silenceMs * MS);
    assertThat(script.state(3)).contains(PeerState.SUSPECT);
    script.forget().input(heard(3));
    assertThat(script.state(3)).contains(PeerState.SUSPECT);
    assertThat(script.seen()).isEmpty();
  }

  @Test
  void addressThatSaysNothingStandsForTheDatagramsOwn() {
    PeerScript script = alone(Profile.RSPLIB);
    script.input(heard(presence(id(3), tcp(NOWHERE, 5_000))));
    assertThat(called(script))
        .containsExactly(Endpoint.of(Endpoint.Scheme.TCP, SOURCE.toString(), 5_000));
  }

  @Test
  void addressesAreTriedInTurnAndThreeAtMost() {
    PeerScript script = alone(Profile.RSPLIB);
    script.input(
        heard(
            presence(
                id(3),
                tcp(Script.address(91), 1),
                tcp(Script.address(92), 2),
                tcp(Script.address(93), 3),
                tcp(Script.address(94), 4))));
    for (int n = 1; n <= 3; n++) {
      assertThat(called(script))
          .hasSize(n)
          .last()
          .isEqualTo(Endpoint.of(Endpoint.Scheme.TCP, "10.0.0." + (90 + n), n));
      script.lost(script.effects(Effect.Open.class).getLast().association(), LossReason.REFUSED);
    }
    assertThat(called(script)).hasSize(3);
  }

  @Test
  void whoNeverSpeaksIsNoPeerIsNotTakenOverAndDelaysNothing() {
    PeerScript script = alone(Profile.STANDARD).joins(7).presence(7, false).lively(7);
    script.adds(7, at(7, 1)).input(heard(3)).accepts(3).passMs(5_000);
    assertThat(script.peer(3)).isEmpty();
    assertThat(script.events(PeerEvent.Dead.class)).isEmpty();
    assertThat(script.state(7)).contains(PeerState.ACTIVE);
    // The only other one refuses: nobody has to agree, so that it is taken over at once.
    script.input(heard(4)).loses(7, LossReason.RESET).fails(7, LossReason.REFUSED);
    assertThat(script.events(PeerEvent.TakeoverWon.class))
        .singleElement()
        .satisfies(event -> assertThat(event.missing()).isZero());
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,900", "RFC,5000", "RSPLIB,5000"})
  void whoDoesNotAnswerIsGivenUpExactlyInTimeAndCalledAgainWhenItIsHeard(
      Profile profile, long waitMs) {
    PeerScript script = alone(profile).input(heard(3));
    AssociationId call = script.pending(endpoint(3)).orElseThrow();
    long calledNs = script.nowNs();
    script.to(calledNs + waitMs * MS - 1).input(heard(3));
    assertThat(called(script)).hasSize(1);
    assertThat(script.effects(Effect.Close.class)).isEmpty();
    script.to(calledNs + waitMs * MS);
    assertThat(script.effects(Effect.Close.class)).containsExactly(new Effect.Close(call));
    script.input(heard(3));
    assertThat(called(script)).hasSize(2);
  }

  @Test
  void whoHasSpokenKeepsItsAssociation() {
    PeerScript script = alone(Profile.RSPLIB).input(heard(3)).accepts(3);
    script.presence(3, false).lively(3).passMs(60_000);
    assertThat(script.effects(Effect.Close.class)).isEmpty();
    assertThat(script.state(3)).contains(PeerState.ACTIVE);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void floodOfInventedPresencesCausesFewCallsEvenIfAllRefuse(Profile profile) {
    PeerScript script = alone(profile);
    SplittableRandom random = new SplittableRandom(5);
    long waitMs = profile == Profile.STANDARD ? 900 : 5_000;
    long fromNs = script.nowNs();
    for (int i = 0; i < 10_000; i++) {
      script.to(fromNs + i * waitMs * MS / 10_000);
      ServerId invented = ServerId.of(random.nextInt() | 1);
      script.input(heard(presence(invented, tcp(Script.address(i % 200), 9_901))));
      List<Effect.Open> calls = script.effects(Effect.Open.class);
      if (!calls.isEmpty() && random.nextBoolean()) {
        script.lost(calls.getLast().association(), LossReason.REFUSED);
      }
    }
    assertThat(called(script)).hasSize(STRANGERS);
    assertThat(script.view().peers()).isEmpty();
    script.to(fromNs + waitMs * MS);
    script.input(heard(3));
    assertThat(script.calls(3)).isEqualTo(1);
  }

  @Test
  void namesInventedForALivingRegistrarCauseFewAssociationsAndNoneThatLast() {
    PeerScript script = alone(Profile.STANDARD).joins(3).presence(3, false).lively(3).forget();
    long opened = 0;
    for (int i = 1; i <= 1_000; i++) {
      script.input(heard(presence(ServerId.of(i), (AsapTransport.Tcp) transport(3))));
      long calls = script.calls(3);
      if (calls > opened) {
        opened = calls;
        AssociationId call = script.pending(endpoint(3)).orElseThrow();
        script.up(call, AssociationKind.ENRP, 103, PeerIdentity.ANONYMOUS);
        script.says(call, new EnrpPresence(id(3), ID, false, 0xffff, information(3)));
      }
    }
    assertThat(opened).isEqualTo(STRANGERS);
    script.passMs(900);
    assertThat(script.effects(Effect.Close.class)).hasSize(STRANGERS);
    assertThat(script.state(3)).contains(PeerState.ACTIVE);
    assertThat(script.view().peers()).hasSize(1);
  }

  @Test
  void listThatIsFullCallsNobodyElse() {
    RegistrarSettings settings =
        RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
            .set(RegistrarSetting.PEERS_MAX, 1)
            .build();
    PeerScript script = start(new PeerScript(settings)).toMs(2_000).joins(7).forget();
    script.input(heard(3));
    assertThat(called(script)).isEmpty();
  }

  private static AsapTransport transport(long n) {
    return information(n).transports().getFirst();
  }
}
