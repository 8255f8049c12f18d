package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.Script.POOL;
import static io.rserpool.engine.registrar.Script.element;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Effect;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.engine.access.AccessRule;
import io.rserpool.engine.access.AddressRange;
import io.rserpool.engine.access.ElementIdRange;
import io.rserpool.engine.access.IdentityPattern;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapRegistration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What elements, users and operators may do in a secured scope (RFC 5355 sections 2.2 to 2.4, 2.13).
class AccessTest {

  private static final String ALICE = "rserpool://s/element/alice";
  private static final String BOB = "rserpool://s/element/bob";
  private static final String USER = "rserpool://s/user/u";
  private static final String ADMINISTRATOR = "rserpool://s/administrator/a";

  private static Script roles() {
    return secured(AccessPolicy.ofRoles());
  }

  private static Script secured(AccessPolicy policy) {
    return new Script(RegistrarSettings.forProfile(Profile.STANDARD), policy)
        .toMs(2_000)
        .answering(true);
  }

  private static AccessPolicy rules(AccessRule... rules) {
    return AccessPolicy.of(List.of(), List.of(), List.of(rules));
  }

  private static AsapRegistration registration(long n) {
    return new AsapRegistration(POOL, element(n));
  }

  private static ElementId id(long n) {
    return ElementId.of((int) n);
  }

  private static CauseCode cause(Script script, long association) {
    return script.registrationResponse(association).causes().getFirst().cause();
  }

  private static String owner(Script script) {
    return script.view().elements().getFirst().element().registrant();
  }

  @Test
  void registrationIsKeptUnderTheProvenName() {
    Script script = roles().upAs(1, ALICE);
    PoolElementParameter lying = element(1).withRegistrant(BOB);
    script.asap(1, new AsapRegistration(POOL, lying));
    assertThat(script.registrationResponse(1).rejected()).isFalse();
    assertThat(owner(script)).isEqualTo(ALICE);
  }

  @Test
  void openScopeKeepsNoNames() {
    Script script = new Script(Profile.STANDARD).toMs(2_000).upAs(1, ALICE);
    script.asap(1, new AsapRegistration(POOL, element(1).withRegistrant(BOB)));
    assertThat(owner(script)).isEmpty();
  }

  @Test
  void whoHasProvedNothingIsRefusedAndNotToldWhy() {
    Script script = roles().up(1).asap(1, registration(1));
    assertThat(script.registrationResponse(1).causes())
        .containsExactly(ErrorCause.of(CauseCode.SECURITY));
    assertThat(script.view().elements()).isEmpty();
    assertThat(script.events(RegistrarEvent.Rejected.class))
        .singleElement()
        .extracting(RegistrarEvent.Rejected::why)
        .isEqualTo("no rule lets it register in pool echo");
    assertThat(cause(roles().upAs(2, USER).asap(2, registration(2)), 2))
        .isEqualTo(CauseCode.SECURITY);
  }

  @Test
  void rulesNamePoolsAndIdentifiers() {
    AccessPolicy policy =
        rules(
            AccessRule.about(ALICE)
                .register("echo*")
                .elementIds(List.of(ElementIdRange.parse("1-5")))
                .build());
    Script script = secured(policy).upAs(1, ALICE).asap(1, registration(1));
    assertThat(script.registrationResponse(1).rejected()).isFalse();
    script.seen();
    script.asap(1, new AsapRegistration(POOL, element(6)));
    assertThat(cause(script, 1)).isEqualTo(CauseCode.SECURITY);
    script.seen();
    script.asap(1, new AsapRegistration(PoolHandle.of("other"), element(1)));
    assertThat(cause(script, 1)).isEqualTo(CauseCode.SECURITY);
    assertThat(script.view().elements()).hasSize(1);
  }

  @Test
  void addressesOfOthersNeedARule() {
    IpAddress other = Script.address(77);
    PoolElementParameter foreign = element(1).withUserTransport(new AsapTransport.Tcp(other, 7000));
    AsapRegistration message = new AsapRegistration(POOL, foreign);
    Script refused = roles().upAs(1, ALICE).asap(1, message);
    assertThat(cause(refused, 1)).isEqualTo(CauseCode.SECURITY);
    AccessPolicy policy =
        rules(
            AccessRule.about(ALICE)
                .register("*")
                .addresses(List.of(AddressRange.parse("10.0.0.64/26")))
                .build());
    Script allowed = secured(policy).upAs(1, ALICE).asap(1, message);
    assertThat(allowed.registrationResponse(1).rejected()).isFalse();
    assertThat(allowed.view().elements().getFirst().element().userTransport().addresses())
        .containsExactly(other);
    Script beyond = secured(policy).upAs(1, ALICE);
    beyond.asap(1, new AsapRegistration(POOL, element(1).withUserTransport(Script.service(200))));
    assertThat(cause(beyond, 1)).isEqualTo(CauseCode.SECURITY);
  }

  @Test
  void identityHasNoMoreElementsThanItsRulesSay() {
    Script script = secured(rules(AccessRule.about(ALICE).register("*").elements(2).build()));
    for (long n = 1; n <= 3; n++) {
      script.upAs(n, ALICE).asap(n, registration(n));
    }
    assertThat(script.registrationResponse(2).rejected()).isFalse();
    assertThat(cause(script, 3)).isEqualTo(CauseCode.LACK_OF_RESOURCES);
    script.seen();
    script.asap(1, new AsapDeregistration(POOL, id(1))).asap(3, registration(3));
    assertThat(script.registrationResponse(3).rejected()).isFalse();
    script.seen();
    script.asap(3, registration(3));
    assertThat(script.registrationResponse(3).rejected()).as("renewed").isFalse();
  }

  @Test
  void registrationBelongsToItsIdentity() {
    Script script = roles().upAs(1, ALICE).asap(1, registration(1)).upAs(2, BOB);
    PoolElementParameter same = element(1).withUserTransport(Script.service(2));
    script.asap(2, new AsapRegistration(POOL, same));
    assertThat(cause(script, 2)).isEqualTo(CauseCode.NON_UNIQUE_ELEMENT_ID);
    script.asap(2, new AsapDeregistration(POOL, id(1)));
    assertThat(script.sent(2))
        .contains(
            new AsapDeregistrationResponse(
                POOL, id(1), List.of(ErrorCause.of(CauseCode.SECURITY))));
    assertThat(owner(script)).isEqualTo(ALICE);
  }

  @Test
  void registrationStillBelongsToItsIdentityWhileItsAssociationIsLost() {
    Script script = roles().upAs(1, ALICE);
    script.asap(1, new AsapRegistration(POOL, Script.callable(1)));
    script.down(1, LossReason.UNREACHABLE).upAs(2, BOB);
    script.asap(2, new AsapRegistration(POOL, element(1).withUserTransport(Script.service(2))));
    assertThat(cause(script, 2)).isEqualTo(CauseCode.NON_UNIQUE_ELEMENT_ID);
    script.upFrom(3, Script.address(1)).asap(3, new AsapDeregistration(POOL, id(1)));
    assertThat(script.sent(3))
        .contains(
            new AsapDeregistrationResponse(
                POOL, id(1), List.of(ErrorCause.of(CauseCode.SECURITY))));
    script.upAs(4, ALICE).asap(4, new AsapDeregistration(POOL, id(1)));
    assertThat(script.view().elements()).isEmpty();
  }

  @Test
  void ownerRegistersAgainOverAnotherAssociation() {
    Script script = roles().upAs(1, ALICE).asap(1, registration(1));
    script.up(2, List.of(Script.address(1)), new PeerIdentity(ALICE)).asap(2, registration(1));
    assertThat(script.registrationResponse(2).rejected()).isFalse();
    assertThat(owner(script)).isEqualTo(ALICE);
  }

  @Test
  void elementsAreTakenOutByHandByWhoMay() {
    AsapDeregistration drain = new AsapDeregistration(POOL, id(1), LeaveRequest.DRAIN);
    Script script = roles().upAs(1, ALICE).asap(1, registration(1));
    script.up(2, List.of(new IpAddress.V4(0x7f00_0001)), PeerIdentity.ANONYMOUS).asap(2, drain);
    script.upAs(3, BOB).asap(3, drain);
    AsapDeregistrationResponse refused =
        new AsapDeregistrationResponse(POOL, id(1), List.of(ErrorCause.of(CauseCode.SECURITY)));
    assertThat(script.sent(2)).contains(refused);
    assertThat(script.sent(3)).contains(refused);
    script.upAs(4, ADMINISTRATOR).asap(4, drain);
    assertThat(script.sent(4))
        .containsExactly(new AsapDeregistrationResponse(POOL, id(1), List.of()));
    assertThat(script.view().elements()).isEmpty();
    assertThat(script.events(RegistrarEvent.TakenOut.class)).hasSize(1);
  }

  @Test
  void resolutionAndWatchNeedARule() {
    AccessPolicy policy =
        rules(
            AccessRule.about(ALICE).register("*").build(),
            AccessRule.about("anonymous").resolve("echo").build(),
            AccessRule.about(USER).resolve("*").watch("echo").build());
    Script script = secured(policy).upAs(1, ALICE).asap(1, registration(1));
    AsapHandleResolution watching = new AsapHandleResolution(POOL, true, 0);
    script.asap(1, watching).up(2).asap(2, watching).upAs(3, USER).asap(3, watching);
    assertThat(resolution(script, 1).resolution())
        .isEqualTo(
            new AsapHandleResolutionResponse.Refused(List.of(ErrorCause.of(CauseCode.SECURITY))));
    assertThat(resolution(script, 2).resolution())
        .isInstanceOf(AsapHandleResolutionResponse.Found.class);
    assertThat(resolution(script, 2).updatesAccepted()).isFalse();
    assertThat(resolution(script, 3).updatesAccepted()).isTrue();
    assertThat(script.events(AccessEvent.Unauthorised.class))
        .extracting(AccessEvent.Unauthorised::wanted)
        .containsExactly("resolve pool echo", "watch pool echo");
    assertThat(script.status().subscriptions()).isEqualTo(1);
  }

  @Test
  void usersAreNotToldWhoRegistered() {
    Script script = roles().upAs(1, ALICE).asap(1, registration(1)).up(2);
    script.asap(2, new AsapHandleResolution(POOL, true, 0)).seen();
    script.upAs(3, BOB).asap(3, registration(3));
    AsapHandleResolutionResponse push = resolution(script, 2);
    assertThat(((AsapHandleResolutionResponse.Found) push.resolution()).elements())
        .hasSize(2)
        .allMatch(element -> element.registrant().isEmpty());
  }

  @Test
  void reportsNeedARuleAndDistinctIdentities() {
    Script script = roles().upAs(1, ALICE).asap(1, registration(1)).muted(1);
    AsapEndpointUnreachable report = new AsapEndpointUnreachable(POOL, id(1));
    script.up(2).asap(2, report);
    assertThat(script.events(RegistrarEvent.Reported.class)).isEmpty();
    for (long n = 3; n <= 6; n++) {
      script.upAs(n, USER).asap(n, report);
    }
    assertThat(script.events(RegistrarEvent.Reported.class))
        .hasSize(4)
        .allMatch(reported -> reported.reporters() == 1);
    script.upAs(7, USER + "2").asap(7, report).upAs(8, USER + "3").asap(8, report);
    assertThat(script.view().elements()).isEmpty();
  }

  @Test
  void anonymousReportersOfOneMachineAreOneInASecuredScope() {
    AccessPolicy policy =
        rules(
            AccessRule.about(ALICE).register("*").build(),
            AccessRule.about("anonymous").report("*").build());
    Script script = secured(policy).upAs(1, ALICE).asap(1, registration(1)).muted(1);
    for (long n = 2; n <= 6; n++) {
      script.upFrom(n, new IpAddress.V4(0x7f00_0001));
      script.asap(n, new AsapEndpointUnreachable(POOL, id(1)));
    }
    assertThat(script.events(RegistrarEvent.Reported.class))
        .hasSize(5)
        .allMatch(reported -> reported.reporters() == 1);
  }

  @Test
  void rulesLimitReportsOfEachIdentity() {
    AccessPolicy policy =
        rules(
            AccessRule.about(ALICE).register("*").build(),
            AccessRule.about(USER).report("*").reportLimit(1, 2).build());
    Script script = secured(policy).upAs(1, ALICE).asap(1, registration(1)).upAs(2, USER);
    for (int i = 0; i < 5; i++) {
      script.asap(2, new AsapEndpointUnreachable(POOL, id(1)));
    }
    assertThat(script.events(RegistrarEvent.Reported.class)).hasSize(2);
    assertThat(script.events(RegistrarEvent.LimitHit.class)).hasSize(3);
  }

  @Test
  void reportsAboutPoolsThatAreNotThereShareOneLimit() {
    Script script = roles().upAs(1, ALICE).asap(1, registration(1)).upAs(2, USER);
    for (int i = 0; i < 60; i++) {
      script.asap(2, new AsapEndpointUnreachable(PoolHandle.of("no" + i), id(1)));
    }
    assertThat(script.events(RegistrarEvent.LimitHit.class)).hasSize(50);
    script.asap(2, new AsapEndpointUnreachable(POOL, id(1)));
    assertThat(script.events(RegistrarEvent.Reported.class)).hasSize(1);
    assertThat(script.view().sizes().get("rates")).isLessThan(10);
  }

  @Test
  void whoIsDeniedIsHungUp() {
    AccessPolicy policy =
        AccessPolicy.of(
            List.of(),
            List.of(IdentityPattern.parse(BOB)),
            List.of(AccessRule.about("*").register("*").resolve("*").build()));
    Script script = secured(policy).upAs(1, ALICE).upAs(2, BOB);
    assertThat(script.effects(Effect.Abort.class))
        .singleElement()
        .satisfies(abort -> {
          assertThat(abort.association().value()).isEqualTo(2);
          assertThat(abort.reason()).isEqualTo("not authorised");
        });
    assertThat(script.events(AccessEvent.Unauthorised.class))
        .singleElement()
        .extracting(AccessEvent.Unauthorised::why)
        .isEqualTo("denied by '" + BOB + "'");
    script.asap(2, registration(2));
    assertThat(script.sent(2)).isEmpty();
    assertThat(script.status().associations()).isEqualTo(1);
  }

  private static AsapHandleResolutionResponse resolution(Script script, long association) {
    return (AsapHandleResolutionResponse) script.sent(association).getLast();
  }
}
