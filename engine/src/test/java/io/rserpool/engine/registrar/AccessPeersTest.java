package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.callable;
import static io.rserpool.engine.registrar.PeerScript.elementName;
import static io.rserpool.engine.registrar.PeerScript.id;
import static io.rserpool.engine.registrar.PeerScript.registrarName;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Effect;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.engine.access.AccessRule;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpPresence;
import io.rserpool.protocol.enrp.EnrpTakeoverServer;
import io.rserpool.protocol.enrp.UpdateAction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may speak as a registrar in a secured scope, in whose name, and for whom (RFC 5355 section
/// 2.5).
class AccessPeersTest {

  private static final String ADMINISTRATOR = "rserpool://s/administrator/a";

  private static PeerScript among(long... peers) {
    return PeerScript.securedAmong(AccessPolicy.ofRoles(), peers).lively(peers);
  }

  private static String why(PeerScript script) {
    return script.events(PeerEvent.UpdateIgnored.class).getLast().why();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rserpool://s/element/e", "rserpool://s/user/u", "r.example.com"})
  void whoIsNoRegistrarIsNotListenedTo(String name) {
    PeerScript script = among(7).opensAs(3, 103, name);
    assertThat(script.effects(Effect.Abort.class))
        .containsExactly(new Effect.Abort(new AssociationId(103), "not authorised"));
    assertThat(script.events(AccessEvent.Unauthorised.class))
        .singleElement()
        .extracting(AccessEvent.Unauthorised::why)
        .isEqualTo("it is no registrar of this scope");
    script.presence(3, true).adds(3, at(3, 1));
    assertThat(script.peer(3)).isEmpty();
    assertThat(script.element(1)).isEmpty();
    assertThat(script.sent(3)).isEmpty();
  }

  @Test
  void whoMayReadTablesReadsAndNeverBecomesAPeer() {
    PeerScript script = among(7).adds(7, at(7, 1)).opensAs(3, 103, ADMINISTRATOR).forget();
    script.presence(3, true);
    script.says(3, new EnrpListRequest(id(3), ServerId.NONE));
    script.says(3, new EnrpHandleTableRequest(id(3), ServerId.NONE, false));
    assertThat(script.sent(3, EnrpListResponse.class).getFirst().servers()).hasSize(2);
    assertThat(script.sent(3, EnrpHandleTableResponse.class).getFirst().pools()).hasSize(1);
    assertThat(script.sent(3, EnrpPresence.class)).hasSize(1);
    script.adds(3, at(3, 2)).deletes(3, at(7, 1));
    script.says(3, new EnrpTakeoverServer(id(3), ServerId.NONE, id(7)));
    assertThat(script.events(RegistrarEvent.Malformed.class)).hasSize(3);
    assertThat(script.peer(3)).isEmpty();
    assertThat(script.element(2)).isEmpty();
    assertThat(script.home(1)).contains(id(7));
  }

  @Test
  void whoAnswersACallIsARegistrarOrCountsAsRefused() {
    PeerScript script =
        new PeerScript(RegistrarSettings.forProfile(Profile.STANDARD), AccessPolicy.ofRoles());
    script.start(3, 7);
    script.acceptsAs(3, "rserpool://s/element/e").acceptsAs(7, registrarName(7));
    assertThat(script.effects(Effect.Abort.class)).hasSize(1);
    assertThat(script.events(PeerEvent.Unreachable.class))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.address()).isEqualTo("tcp://10.0.0.103:9901");
          assertThat(event.why()).contains("it is no registrar of this scope");
        });
    script.says(7, new EnrpPresence(id(7), ServerId.NONE, false, 0, PeerScript.information(7)));
    assertThat(script.peer(7)).isPresent();
    script.presence(3, true);
    assertThat(script.peer(3)).isEmpty();
  }

  @Test
  void impostorThatAnswersAgainAndAgainIsCalledMoreAndMoreRarely() {
    PeerScript script =
        new PeerScript(RegistrarSettings.forProfile(Profile.STANDARD), AccessPolicy.ofRoles());
    script.start(3);
    for (int i = 0; i < 200; i++) {
      if (script.pending(PeerScript.endpoint(3)).isPresent()) {
        script.acceptsAs(3, "rserpool://s/element/e").forget();
      }
      script.passMs(100);
    }
    script.forget().passMs(10_000);
    assertThat(script.calls(3)).isLessThanOrEqualTo(2);
  }

  @Test
  void nameBelongsToWhoUsedItFirst() {
    PeerScript script = among(7).opensAs(3, 103, registrarName(8));
    AssociationId line = script.line(3);
    script.says(line, new EnrpPresence(id(7), ServerId.NONE, true, 0, PeerScript.information(7)));
    assertThat(script.events(PeerEvent.Impostor.class))
        .containsExactly(
            new PeerEvent.Impostor(id(7), "10.0.0.103:40000", registrarName(8), registrarName(7)));
    assertThat(script.effects(Effect.Close.class)).containsExactly(new Effect.Close(line));
    assertThat(script.sent(line, EnrpPresence.class)).isEmpty();
    script.forget().presence(7, true);
    assertThat(script.sent(7, EnrpPresence.class)).as("the owner").hasSize(1);
    script.opensAs(7, 207, registrarName(7)).presence(7, false);
    assertThat(script.events(PeerEvent.Impostor.class)).isEmpty();
  }

  @Test
  void peerThatSpeaksInTheNameOfAnotherIsNotObeyed() {
    PeerScript script = among(3, 7).adds(7, at(7, 1)).forget();
    script.says(
        script.line(3),
        new EnrpHandleUpdate(
            id(7), ServerId.NONE, UpdateAction.DEL_PE, false, Script.POOL, at(7, 1)));
    assertThat(script.home(1)).contains(id(7));
    assertThat(script.events(RegistrarEvent.Malformed.class)).hasSize(1);
  }

  @Test
  void nameStillBelongsToItsOwnerWhenThatIsDead() {
    PeerScript script = among(7).silent(7).passMs(10_000);
    assertThat(script.peer(7)).isEmpty();
    script.forget().opensAs(7, 207, registrarName(8)).presence(7, false);
    assertThat(script.events(PeerEvent.Impostor.class)).hasSize(1);
    assertThat(script.peer(7)).isEmpty();
    script.opensAs(7, 208, registrarName(7)).presence(7, false);
    assertThat(script.peer(7)).isPresent();
  }

  @Test
  void peerSpeaksForItsOwnElementsOnly() {
    PeerScript script = among(7, 8).adds(7, at(7, 1)).forget();
    script.adds(8, at(7, 2));
    assertThat(why(script)).startsWith("it speaks for registrar 0x70000000");
    assertThat(script.element(2)).isEmpty();
    script.deletes(8, at(7, 1));
    assertThat(script.home(1)).contains(id(7));
    script.adds(8, at(0, 1));
    assertThat(why(script)).isEqualTo("its home is registrar 0x70000000");
    assertThat(script.home(1)).contains(id(7));
    script.adds(7, at(0, 1)).adds(8, at(8, 3)).deletes(8, at(8, 3));
    assertThat(script.home(1)).contains(ServerId.NONE);
    assertThat(script.element(3)).isEmpty();
  }

  @Test
  void elementThatLivesHereIsNotWithoutAHomeBecauseAPeerSaysSo() {
    PeerScript script = among(7).registersAs(1, 1, Script.element(1), elementName(1));
    PoolElementParameter own = script.element(1).orElseThrow();
    script.forget().adds(7, at(0, 1).withRegistrant(elementName(1)));
    assertThat(script.element(1)).contains(own);
    assertThat(why(script)).isEqualTo("its home is registrar " + ID);
    assertThat(script.sent(7, EnrpHandleUpdate.class))
        .singleElement()
        .extracting(EnrpHandleUpdate::element)
        .isEqualTo(own);
    script.deletes(7, at(0, 1));
    assertThat(script.element(1)).contains(own);
  }

  @Test
  void openScopeBelievesWhatItBelievedBefore() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7, 8).adds(8, at(7, 2));
    assertThat(script.home(2)).contains(id(7));
  }

  @Test
  void peerSpeaksForWhomItHasTakenOver() {
    PeerScript script = among(3, 7, 8).adds(7, at(7, 1)).adds(7, at(7, 2));
    script.says(8, new EnrpTakeoverServer(id(8), ServerId.NONE, id(7)));
    assertThat(script.home(1)).contains(id(8));
    script.deletes(3, at(7, 1));
    assertThat(why(script)).startsWith("it speaks for registrar 0x70000000");
    assertThat(script.home(1)).contains(id(8));
    script.forget().deletes(8, at(7, 1));
    assertThat(script.events(PeerEvent.UpdateIgnored.class)).isEmpty();
    assertThat(script.home(1)).as("peer 7 was heard since").contains(id(7));
  }

  @Test
  void registrantIsToldToPeersAndKeptOfThem() {
    PeerScript script = among(7).registersAs(1, 1, Script.element(1), elementName(1));
    EnrpHandleUpdate update = script.sent(7, EnrpHandleUpdate.class).getFirst();
    assertThat(update.action()).isEqualTo(UpdateAction.ADD_PE);
    assertThat(update.element().registrant()).isEqualTo(elementName(1));
    script.adds(7, at(7, 2).withRegistrant(elementName(2)));
    script.forget().says(7, new EnrpHandleTableRequest(id(7), ID, false));
    assertThat(
            script.sent(7, EnrpHandleTableResponse.class).getFirst().pools().getFirst().elements())
        .extracting(element -> element.registrant())
        .containsExactly(elementName(1), elementName(2));
    script.adds(7, at(7, 2));
    assertThat(script.element(2).orElseThrow().registrant())
        .as("a peer that tells no name does not take it away")
        .isEqualTo(elementName(2));
  }

  @Test
  void calledElementIsWhoRegistered() {
    PeerScript script = wonWith(callable(3, 1).withRegistrant(elementName(1)));
    script.takesCallAs(1, elementName(2));
    assertThat(script.element(1)).isEmpty();
    assertThat(script.events(AccessEvent.Unauthorised.class))
        .singleElement()
        .extracting(AccessEvent.Unauthorised::why)
        .isEqualTo("it is not " + elementName(1));
    PeerScript anonymous = wonWith(callable(3, 1).withRegistrant(elementName(1)));
    anonymous.takesCall(1);
    assertThat(anonymous.element(1)).isEmpty();
    PeerScript itself = wonWith(callable(3, 1).withRegistrant(elementName(1)));
    AssociationId call = itself.takesCallAs(1, elementName(1));
    assertThat(itself.asapSent(call)).hasSize(1);
  }

  @Test
  void elementOfWhichNobodyToldWhoseItIsBelongsToSomebodyWhoMayHaveIt() {
    PeerScript anonymous = wonWith(callable(3, 1));
    assertThat(anonymous.asapSent(anonymous.takesCall(1))).isEmpty();
    assertThat(anonymous.element(1)).isEmpty();
    PeerScript user = wonWith(callable(3, 1));
    assertThat(user.asapSent(user.takesCallAs(1, "rserpool://s/user/u"))).isEmpty();
    PeerScript element = wonWith(callable(3, 1));
    assertThat(element.asapSent(element.takesCallAs(1, elementName(1)))).hasSize(1);
  }

  @Test
  void elementThatItsOwnerMayNotHaveAnyMoreIsNotTakenOver() {
    PeerScript script = among(3, 7).adds(3, callable(3, 1).withRegistrant(elementName(1)));
    AccessPolicy other =
        AccessPolicy.of(
            AccessPolicy.defaultRegistrars(),
            List.of(),
            List.of(AccessRule.about(elementName(2)).register("*").build()));
    script.input(new RegistrarRequest.Access(77, other));
    assertThat(script.element(1)).as("it is for its home to end it").isPresent();
    takenOver(script);
    AssociationId call = script.takesCallAs(1, elementName(1));
    assertThat(script.asapSent(call)).isEmpty();
    assertThat(script.element(1)).isEmpty();
    assertThat(script.events(AccessEvent.Unauthorised.class))
        .singleElement()
        .extracting(AccessEvent.Unauthorised::why)
        .asString()
        .contains("no rule lets it register");
  }

  /// Peer 3 was taken over with this element.
  private static PeerScript wonWith(PoolElementParameter element) {
    return takenOver(among(3, 7).adds(3, element));
  }

  private static PeerScript takenOver(PeerScript script) {
    script.silent(3).loses(3, LossReason.RESET);
    script.fails(3, LossReason.REFUSED).forget();
    return script.says(7, TakeoverTest.ack(7, 3));
  }
}
