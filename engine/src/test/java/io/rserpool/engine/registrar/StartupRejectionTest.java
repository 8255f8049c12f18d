package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.id;
import static io.rserpool.engine.registrar.StartupTest.list;
import static io.rserpool.engine.registrar.StartupTest.rejectedList;
import static io.rserpool.engine.registrar.StartupTest.rejectedTable;
import static io.rserpool.engine.registrar.StartupTest.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// A start that does not go smoothly, and what a registrar does for others meanwhile.
class StartupRejectionTest {

  private static PeerScript asking(Profile profile, long... peers) {
    PeerScript script = new PeerScript(profile).start(peers).lively(peers);
    for (long n : peers) {
      script.accepts(n).presence(n, false);
    }
    return script;
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,250", "RFC,3000"})
  void rejectedListIsAskedForAgainAfterAWhile(Profile profile, long retryMs) {
    PeerScript script = asking(profile, 7).says(7, rejectedList(7)).forget();
    long rejectedNs = script.nowNs();
    script.to(rejectedNs + retryMs * MS - 1);
    assertThat(script.sent(7, EnrpListRequest.class)).isEmpty();
    script.to(rejectedNs + retryMs * MS);
    assertThat(script.sent(7, EnrpListRequest.class)).hasSize(1);
    script.to(rejectedNs + retryMs * MS + 1);
    assertThat(script.sent(7, EnrpListRequest.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void rejectedTableLeadsToABackup(Profile profile) {
    PeerScript script = asking(profile, 7, 8).says(7, list(7, 7, 8)).says(7, rejectedTable(7));
    script.forget().passMs(profile == Profile.STANDARD ? 250 : 3_000);
    assertThat(script.sent(8, EnrpListRequest.class)).hasSize(1);
    script.says(8, list(8, 7, 8)).says(8, table(8, false, at(8, 1)));
    assertThat(script.view().isServing()).isTrue();
    assertThat(script.element(1)).isPresent();
  }

  @Test
  void afterThreeRejectionsTheHighestGoesFirst() {
    PeerScript script = asking(Profile.STANDARD, 3, 4);
    script.says(3, rejectedList(3)).passMs(250).says(4, rejectedList(4)).passMs(250);
    assertThat(script.view().isServing()).isFalse();
    script.says(3, rejectedList(3));
    assertThat(script.view().isServing()).isTrue();
    assertThat(script.events(PeerEvent.Synchronised.class)).hasSize(1);
  }

  @Test
  void whoIsNotTheHighestGoesOnAskingUntilTheTimeIsOver() {
    PeerScript script = asking(Profile.STANDARD, 3, 7);
    while (script.nowNs() < 4_990 * MS) {
      for (long n : List.of(3L, 7L)) {
        if (!script.sent(n, EnrpListRequest.class).isEmpty()) {
          script.forget().says(n, rejectedList(n));
        }
      }
      script.passMs(10);
      assertThat(script.view().isServing()).isFalse();
    }
    script.toMs(5_000);
    assertThat(script.view().isServing()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,5000", "RFC,30000", "RSPLIB,5000"})
  void startIsOverExactlyWhenItsTimeIs(Profile profile, long limitMs) {
    PeerScript script = new PeerScript(profile).start(7);
    script.to(limitMs * MS - 1);
    assertThat(script.events(PeerEvent.Synchronised.class)).isEmpty();
    script.to(limitMs * MS);
    assertThat(script.events(PeerEvent.Synchronised.class))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.mentor()).isEqualTo(ServerId.NONE);
          assertThat(event.taken().toMillis()).isEqualTo(limitMs);
        });
    script.to(limitMs * MS + 1);
    assertThat(script.events(PeerEvent.Synchronised.class)).hasSize(1);
  }

  @Test
  void longTableIsWaitedForAsLongAsItComes() {
    PeerScript script = asking(Profile.STANDARD, 7).says(7, list(7, 7));
    for (int n = 1; n <= 12; n++) {
      script.passMs(900).says(7, table(7, true, at(7, n)));
    }
    assertThat(script.view().isServing()).isFalse();
    script.says(7, table(7, false, at(7, 13)));
    assertThat(script.view().elements()).hasSize(13);
    assertThat(script.events(PeerEvent.Synchronised.class))
        .singleElement()
        .satisfies(event -> assertThat(event.mentor()).isEqualTo(PeerScript.id(7)));
  }

  @Test
  void tableWithoutEndIsNotWaitedForForEver() {
    PeerScript script = asking(Profile.STANDARD, 7).lively(7).says(7, list(7, 7));
    int parts = 0;
    while (!script.view().isServing() && parts < 1_000) {
      script.passMs(900).says(7, table(7, true, at(7, ++parts)));
    }
    assertThat(script.nowNs()).isBetween(100_000 * PeerScript.MS, 102_000 * PeerScript.MS);
  }

  @Test
  void whereAllRefuseTwiceItIsAlone() {
    PeerScript script = new PeerScript(Profile.STANDARD).start(3, 7);
    script.fails(3, LossReason.REFUSED).fails(7, LossReason.REFUSED).forget();
    assertThat(script.view().isServing()).isFalse();
    script.passMs(250);
    script.fails(3, LossReason.REFUSED);
    assertThat(script.view().isServing()).isFalse();
    script.fails(7, LossReason.REFUSED);
    assertThat(script.view().isServing()).isTrue();
    assertThat(script.nowNs()).isLessThanOrEqualTo(250 * MS);
  }

  @Test
  void unreachablePeerIsNotNobody() {
    PeerScript script = new PeerScript(Profile.STANDARD).start(3, 7);
    for (int i = 0; i < 4; i++) {
      script.fails(3, LossReason.REFUSED).fails(7, LossReason.UNREACHABLE).forget().passMs(250);
    }
    assertThat(script.view().isServing()).isFalse();
  }

  @Test
  void configuredPeersThatAreNotThereAreCalledEverMoreRarely() {
    PeerScript script = new PeerScript(Profile.STANDARD).start(7);
    long previousNs = 0;
    long longestNs = 0;
    for (int i = 0; i < 12; i++) {
      script.fails(7, LossReason.REFUSED).forget();
      while (script.calls(7) == 0) {
        script.to(script.nextDeadlineNs());
      }
      longestNs = Math.max(longestNs, script.nowNs() - previousNs);
      previousNs = script.nowNs();
    }
    assertThat(longestNs).isBetween(6_000 * MS, 8_000 * MS);
  }

  @Test
  void ownEndpointAmongTheConfiguredOnesIsNoPeer() {
    PeerScript script = new PeerScript(Profile.STANDARD).start(0);
    AssociationId out = script.effects(Effect.Open.class).getFirst().association();
    AssociationId in = new AssociationId(500);
    script.up(in, AssociationKind.ENRP, 200, PeerIdentity.ANONYMOUS);
    script.up(out, AssociationKind.ENRP, 200, PeerIdentity.ANONYMOUS);
    script.says(in, script.sent(out, EnrpPresence.class).getFirst());
    script.says(out, script.sent(in, EnrpPresence.class).getFirst());

    assertThat(script.view().isServing()).isTrue();
    assertThat(script.view().peers()).isEmpty();
    assertThat(script.events(PeerEvent.IdentifierClash.class)).isEmpty();
    script.forget().passMs(20_000);
    assertThat(script.effects(Effect.Open.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"STANDARD", "RFC"})
  void whoIsStartingRejectsRequestsWithoutEntries(Profile profile) {
    PeerScript script = asking(profile, 7).joins(8).forget();
    script.says(8, new EnrpListRequest(id(8), ID));
    script.says(8, new EnrpHandleTableRequest(id(8), ID, false));
    assertThat(script.sent(8, EnrpListResponse.class))
        .containsExactly(new EnrpListResponse(ID, id(8), true, List.of()));
    assertThat(script.sent(8, EnrpHandleTableResponse.class))
        .containsExactly(new EnrpHandleTableResponse(ID, id(8), true, false, List.of()));
  }

  @Test
  void rsplibAnswersWhileItStarts() {
    PeerScript script = asking(Profile.RSPLIB, 7).joins(8).forget();
    script.says(8, new EnrpListRequest(id(8), ID));
    script.says(8, new EnrpHandleTableRequest(id(8), ID, false));
    assertThat(script.sent(8, EnrpListResponse.class))
        .singleElement()
        .satisfies(response -> assertThat(response.rejected()).isFalse());
    assertThat(script.sent(8, EnrpHandleTableResponse.class))
        .singleElement()
        .satisfies(response -> assertThat(response.rejected()).isFalse());
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,LACK_OF_RESOURCES", "RFC,LACK_OF_RESOURCES", "RSPLIB,UNKNOWN_POOL_HANDLE"})
  void unknownPoolDuringTheStart(Profile profile, CauseCode code) {
    PeerScript script = asking(profile, 7);
    script.up(new AssociationId(50), AssociationKind.ASAP, 50, PeerIdentity.ANONYMOUS);
    script.asap(50, new AsapHandleResolution(PoolHandle.of("nobody"), false, 0));
    assertThat(causeOf(script, 50)).isEqualTo(code);
  }

  @Test
  void knownPoolIsNotNamedInPartDuringTheStart() {
    PeerScript script = asking(Profile.STANDARD, 7).says(7, list(7, 7)).registers(1);
    script.says(7, table(7, true, at(7, 2)));
    script.up(new AssociationId(50), AssociationKind.ASAP, 50, PeerIdentity.ANONYMOUS);
    script.asap(50, new AsapHandleResolution(Script.POOL, false, 0));
    assertThat(causeOf(script, 50)).isEqualTo(CauseCode.LACK_OF_RESOURCES);

    script.says(7, table(7, false, at(7, 3)));
    script.asap(50, new AsapHandleResolution(Script.POOL, false, 0));
    AsapHandleResolutionResponse last =
        (AsapHandleResolutionResponse) script.asapSent(new AssociationId(50)).getLast();
    assertThat(((AsapHandleResolutionResponse.Found) last.resolution()).elements()).hasSize(3);
    script.asap(50, new AsapHandleResolution(PoolHandle.of("nobody"), false, 0));
    assertThat(causeOf(script, 50)).isEqualTo(CauseCode.UNKNOWN_POOL_HANDLE);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void registrationsAreServedDuringTheStartAndTold(Profile profile) {
    PeerScript script = asking(profile, 7).forget().registers(1);
    assertThat(script.asapSent(new AssociationId(1)))
        .first()
        .isInstanceOfSatisfying(
            AsapRegistrationResponse.class, response -> assertThat(response.rejected()).isFalse());
    assertThat(script.sent(7, EnrpHandleUpdate.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"STANDARD", "RFC"})
  void whoIsStartingDoesNotAnnounceItself(Profile profile) {
    PeerScript script = asking(profile, 7);
    assertThat(script.effects(Effect.Announce.class)).isEmpty();
    script.says(7, list(7, 7)).says(7, table(7, false));
    assertThat(script.effects(Effect.Announce.class)).hasSize(1);
  }

  private static CauseCode causeOf(PeerScript script, long n) {
    AsapHandleResolutionResponse response =
        (AsapHandleResolutionResponse) script.asapSent(new AssociationId(n)).getLast();
    return ((AsapHandleResolutionResponse.Refused) response.resolution())
        .causes()
        .getFirst()
        .cause();
  }
}
