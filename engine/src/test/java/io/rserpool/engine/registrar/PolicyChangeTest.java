package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.elementName;
import static io.rserpool.engine.registrar.PeerScript.id;
import static io.rserpool.engine.registrar.PeerScript.registrarName;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.engine.access.AccessRule;
import io.rserpool.engine.access.AddressRange;
import io.rserpool.engine.access.IdentityPattern;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.UpdateAction;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Another policy while the registrar runs.
class PolicyChangeTest {

  private static final AccessRule ALL =
      AccessRule.about("*").register("*").resolve("*").watch("*").report("*").build();

  private static PeerScript among(long... peers) {
    return PeerScript.securedAmong(AccessPolicy.ofRoles(), peers).lively(peers);
  }

  private static AccessPolicy denying(String... patterns) {
    List<IdentityPattern> denied =
        java.util.Arrays.stream(patterns).map(IdentityPattern::parse).toList();
    return AccessPolicy.of(AccessPolicy.defaultRegistrars(), denied, AccessPolicy.defaultRules());
  }

  private static AccessPolicy rules(AccessRule... rules) {
    return AccessPolicy.of(AccessPolicy.defaultRegistrars(), List.of(), List.of(rules));
  }

  private static PeerScript change(PeerScript script, AccessPolicy policy) {
    script.forget().input(new RegistrarRequest.Access(77, policy));
    assertThat(script.effects(Effect.Reply.class))
        .containsExactly(new Effect.Reply(77, new RegistrarResult.Done()));
    return script;
  }

  private static AccessEvent.PolicyChanged told(PeerScript script) {
    return script.events(AccessEvent.PolicyChanged.class).getFirst();
  }

  @Test
  void registrationsThatAreNotAllowedAnyMoreEndAndAllAreTold() {
    PeerScript script = among(7);
    script.registersAs(1, 1, Script.element(1), elementName(1));
    script.registersAs(2, 2, Script.element(2), elementName(2));
    change(script, rules(AccessRule.about(elementName(2)).register("*").build()));
    assertThat(script.element(1)).isEmpty();
    assertThat(script.home(2)).contains(ID);
    assertThat(script.sent(7, EnrpHandleUpdate.class))
        .singleElement()
        .satisfies(update -> {
          assertThat(update.action()).isEqualTo(UpdateAction.DEL_PE);
          assertThat(update.element().elementId()).isEqualTo(ElementId.of(1));
          assertThat(update.element().homeId()).isEqualTo(ID);
        });
    assertThat(script.asapSent(new AssociationId(1)))
        .containsExactly(
            new AsapDeregistrationResponse(
                Script.POOL, ElementId.of(1), List.of(ErrorCause.of(CauseCode.SECURITY))));
    assertThat(script.events(AccessEvent.Expelled.class)).hasSize(1);
    assertThat(told(script)).isEqualTo(new AccessEvent.PolicyChanged(true, 1, 0, 0));
  }

  @Test
  void addressesThatAreNotAllowedAnyMoreEndARegistration() {
    AccessRule far =
        AccessRule.about("*")
            .register("*")
            .addresses(List.of(AddressRange.parse("10.0.0.0/8")))
            .build();
    PeerScript script = PeerScript.securedAmong(rules(far));
    script.registersAs(
        1, 1, Script.element(1).withUserTransport(Script.service(77)), elementName(1));
    script.registersAs(2, 2, Script.element(2), elementName(2));
    assertThat(script.home(1)).contains(ID);
    change(script, rules(ALL));
    assertThat(script.element(1)).isEmpty();
    assertThat(script.home(2)).contains(ID);
  }

  @Test
  void whoIsDeniedFromNowOnIsHungUpWithAllThatItHad() {
    PeerScript script = among(7);
    script.registersAs(1, 1, Script.element(1), elementName(1));
    script.asap(1, new AsapHandleResolution(Script.POOL, true, 0));
    change(script, denying(elementName(1)));
    assertThat(script.element(1)).isEmpty();
    assertThat(script.effects(Effect.Abort.class))
        .containsExactly(new Effect.Abort(new AssociationId(1), "the policy has changed"));
    assertThat(script.view().sizes())
        .containsEntry("subscriptions", 0)
        .containsEntry("calls", 0)
        .containsEntry("associations", 1);
  }

  @Test
  void subscriptionsEndWithTheRightToThem() {
    PeerScript script = among().registersAs(1, 1, Script.element(1), elementName(1));
    script.up(new AssociationId(5), AssociationKind.ASAP, 5, PeerIdentity.ANONYMOUS);
    script.asap(5, new AsapHandleResolution(Script.POOL, true, 0));
    assertThat(script.view().sizes()).containsEntry("subscriptions", 1);
    AccessRule watching = AccessRule.about("*").register("*").watch("*").build();
    change(script, rules(watching, AccessRule.about("*").resolve("*").build()));
    assertThat(script.view().sizes()).containsEntry("subscriptions", 1);
    change(script, rules(AccessRule.about("*").register("*").resolve("*").build()));
    assertThat(script.view().sizes()).containsEntry("subscriptions", 0);
    assertThat(told(script).subscriptions()).isEqualTo(1);
  }

  @Test
  void registrarsThatAreNoneAnyMoreAreHungUp() {
    PeerScript script = among(3, 7);
    change(script, denying(registrarName(3)));
    assertThat(script.effects(Effect.Abort.class))
        .containsExactly(new Effect.Abort(new AssociationId(103), "the policy has changed"));
    script.adds(3, at(3, 1)).adds(7, at(7, 2));
    assertThat(script.element(1)).isEmpty();
    assertThat(script.home(2)).contains(id(7));
    script.acceptsAs(3, registrarName(3));
    assertThat(script.effects(Effect.Abort.class)).hasSize(2);
  }

  @Test
  void readerThatBecomesARegistrarComesAgain() {
    PeerScript script = among(7).opensAs(3, 103, "rserpool://s/administrator/a").forget();
    AccessPolicy policy =
        AccessPolicy.of(
            List.of(IdentityPattern.parse("rserpool://*")), List.of(), AccessPolicy.defaultRules());
    change(script, policy);
    assertThat(script.effects(Effect.Abort.class)).hasSize(1);
    script.opensAs(3, 203, "rserpool://s/administrator/a").presence(3, false);
    assertThat(script.peer(3)).isPresent();
  }

  @Test
  void policyThatSaysTheSameChangesNothing() {
    PeerScript script = among(3, 7).registersAs(1, 1, Script.element(1), elementName(1));
    change(script, AccessPolicy.ofRoles());
    assertThat(told(script)).isEqualTo(new AccessEvent.PolicyChanged(true, 0, 0, 0));
    assertThat(script.home(1)).contains(ID);
    assertThat(script.effects(Effect.SendEnrp.class)).isEmpty();
  }

  @Test
  void openScopeBecomesSecuredAndOpenAgain() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7);
    script.registersAs(1, 1, Script.element(1), elementName(1));
    script.registers(2);
    change(script, AccessPolicy.ofRoles());
    assertThat(script.element(1).orElseThrow().registrant()).isEqualTo(elementName(1));
    assertThat(script.element(2)).isEmpty();
    assertThat(script.effects(Effect.Abort.class)).as("the registrar without a name").hasSize(1);
    change(script, AccessPolicy.OPEN);
    script.registers(3);
    assertThat(script.home(3)).contains(ID);
    script.opens(8, 208).presence(8, false);
    script.says(8, new EnrpListRequest(id(8), ServerId.NONE));
    assertThat(script.sent(8, EnrpListResponse.class)).hasSize(1);
  }
}
