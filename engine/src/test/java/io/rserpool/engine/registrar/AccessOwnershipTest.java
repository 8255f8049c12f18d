package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.elementName;
import static io.rserpool.engine.registrar.PeerScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.engine.access.AccessRule;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.UpdateAction;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A registration belongs to its identity at every registrar of a secured scope.
class AccessOwnershipTest {

  private static final ElementId ONE = ElementId.of(1);

  private static PeerScript among(long... peers) {
    return PeerScript.securedAmong(AccessPolicy.ofRoles(), peers).lively(peers);
  }

  /// Element 1 of its owner, at peer 7.
  private static PoolElementParameter owned() {
    return at(7, 1).withRegistrant(elementName(1));
  }

  private static List<AsapMessage> sent(PeerScript script, long association) {
    return script.asapSent(new AssociationId(association));
  }

  private static CauseCode refusal(PeerScript script, long association) {
    AsapRegistrationResponse response =
        (AsapRegistrationResponse) sent(script, association).getFirst();
    assertThat(response.rejected()).isTrue();
    return response.causes().getFirst().cause();
  }

  @Test
  void noOtherRegistersItAtAnotherRegistrar() {
    PeerScript script = among(7).adds(7, owned()).registersAs(1, 1, Script.element(1), "");
    assertThat(refusal(script, 1)).isEqualTo(CauseCode.SECURITY);
    script.registersAs(1, 2, Script.element(1), elementName(2));
    assertThat(refusal(script, 2)).isEqualTo(CauseCode.NON_UNIQUE_ELEMENT_ID);
    assertThat(script.home(1)).contains(id(7));
    assertThat(script.element(1)).contains(owned());
  }

  @Test
  void ownerRegistersItAtAnotherRegistrar() {
    PeerScript script = among(7).adds(7, owned());
    script.registersAs(1, 1, Script.element(1), elementName(1));
    assertThat(script.home(1)).contains(ID);
    assertThat(script.element(1).orElseThrow().registrant()).isEqualTo(elementName(1));
  }

  @Test
  void noOtherDeregistersItAtAnotherRegistrarEvenFromItsAddress() {
    PeerScript script = among(7).adds(7, owned());
    script.registersAs(1, 1, Script.element(9), elementName(2)).forget();
    script.asap(1, new AsapDeregistration(Script.POOL, ONE));
    assertThat(sent(script, 1))
        .containsExactly(
            new AsapDeregistrationResponse(
                Script.POOL, ONE, List.of(ErrorCause.of(CauseCode.SECURITY))));
    assertThat(script.home(1)).contains(id(7));
  }

  @Test
  void ownerDeregistersItAtAnotherRegistrar() {
    PeerScript script = among(7).adds(7, owned());
    script.registersAs(5, 1, Script.element(5), elementName(1)).forget();
    script.asap(1, new AsapDeregistration(Script.POOL, ONE));
    assertThat(script.element(1)).isEmpty();
    assertThat(script.sent(7, EnrpHandleUpdate.class))
        .extracting(EnrpHandleUpdate::action)
        .containsExactly(UpdateAction.ADD_PE, UpdateAction.DEL_PE);
  }

  @Test
  void elementsOfAllRegistrarsCountForTheirIdentity() {
    AccessPolicy policy =
        AccessPolicy.of(
            AccessPolicy.defaultRegistrars(),
            List.of(),
            List.of(AccessRule.about("rserpool://s/element/*").register("*").elements(2).build()));
    PeerScript script = PeerScript.securedAmong(policy, 7).lively(7).adds(7, owned());
    script.registersAs(2, 2, Script.element(2), elementName(1));
    script.registersAs(3, 3, Script.element(3), elementName(1));
    assertThat(refusal(script, 3)).isEqualTo(CauseCode.LACK_OF_RESOURCES);
    script.registersAs(4, 4, Script.element(4), elementName(2));
    assertThat(script.home(4)).contains(ID);
    script.deletes(7, owned()).registersAs(3, 5, Script.element(3), elementName(1));
    assertThat(script.home(3)).contains(ID);
  }

  /// Two identities registered the same identifier at two registrars that did not know of each other.
  @Test
  void ofTwoOwnersThatOfTheHigherRegistrarHasIt() {
    PeerScript lower = among(7).registersAs(1, 1, Script.element(1), elementName(2)).forget();
    lower.adds(7, owned());
    assertThat(lower.element(1)).contains(owned());
    assertThat(sent(lower, 1))
        .containsExactly(
            new AsapDeregistrationResponse(
                Script.POOL, ONE, List.of(ErrorCause.of(CauseCode.NON_UNIQUE_ELEMENT_ID))));
    PeerScript higher = among(3).registersAs(1, 1, Script.element(1), elementName(2)).forget();
    higher.adds(3, at(3, 1).withRegistrant(elementName(1)));
    assertThat(higher.home(1)).contains(ID);
    assertThat(higher.element(1).orElseThrow().registrant()).isEqualTo(elementName(2));
    assertThat(higher.sent(3, EnrpHandleUpdate.class)).hasSize(1);
  }

  @Test
  void thirdRegistrarDecidesAsTheTwoDo() {
    PeerScript script = among(3, 7).adds(7, owned()).forget();
    script.adds(3, at(3, 1).withRegistrant(elementName(2)));
    assertThat(script.element(1)).contains(owned());
    assertThat(script.events(PeerEvent.UpdateIgnored.class)).hasSize(1);
    PeerScript other = among(3, 7).adds(3, at(3, 1).withRegistrant(elementName(2)));
    other.adds(7, owned());
    assertThat(other.element(1)).contains(owned());
  }

  @Test
  void tableTakesNoElementFromItsOwner() {
    PeerScript script = among(3, 7).adds(7, owned());
    script.presence(3, false, 0x1234).presence(3, false, 0x1234);
    script.says(3, StartupTest.table(3, false, at(3, 1).withRegistrant(elementName(2))));
    assertThat(script.element(1)).contains(owned());
  }
}
