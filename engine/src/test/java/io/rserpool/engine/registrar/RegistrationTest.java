package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.Script.MS;
import static io.rserpool.engine.registrar.Script.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrationTest {

  private final Script script = new Script(Profile.STANDARD);

  private AsapRegistrationResponse register(
      long n, PoolHandle handle, PoolElementParameter element) {
    script.seen();
    return script.asap(n, new AsapRegistration(handle, element)).registrationResponse(n);
  }

  private AsapRegistrationResponse register(long n, PoolElementParameter element) {
    return register(n, POOL, element);
  }

  private static void assertRejected(
      AsapRegistrationResponse response, CauseCode code, String quote) {
    assertThat(response.rejected()).isTrue();
    assertThat(response.causes()).containsExactly(ErrorCause.of(code, Octets.ofUtf8(quote)));
  }

  private static PoolElementParameter with(PoolElementParameter e, TransportAddress user) {
    return e.withUserTransport(user);
  }

  @Test
  void goodRegistrationIsAcceptedAndResolvedWithThisHome() {
    script.up(1);
    AsapRegistrationResponse response = register(1, Script.element(1));

    assertThat(response).isEqualTo(AsapRegistrationResponse.accepted(POOL, ElementId.of(1)));
    script.seen();
    script.asap(1, new AsapHandleResolution(POOL, false, 0));
    AsapHandleResolutionResponse answer = (AsapHandleResolutionResponse) script.sent(1).getFirst();
    assertThat(answer.resolution())
        .isEqualTo(
            new AsapHandleResolutionResponse.Found(
                Policy.RoundRobin.INSTANCE, List.of(Script.element(1).withHome(Script.ID))));
  }

  @Test
  void handleLongerThanTheProfileAllowsIsRejected() {
    Script rsplib = new Script(Profile.RSPLIB).up(1);
    rsplib.asap(1, new AsapRegistration(PoolHandle.of("x".repeat(33)), Script.element(1)));
    assertRejected(
        rsplib.registrationResponse(1),
        CauseCode.INVALID_VALUES,
        "handle " + PoolHandle.of("x".repeat(33)));
    rsplib.asap(1, new AsapRegistration(PoolHandle.of("x".repeat(32)), Script.element(1)));
    assertThat(rsplib.status().elements()).isEqualTo(1);
    assertThat(
            register0(new Script(Profile.STANDARD).up(1), PoolHandle.of("x".repeat(33))).rejected())
        .isFalse();
  }

  private static AsapRegistrationResponse register0(Script script, PoolHandle handle) {
    return script.asap(1, new AsapRegistration(handle, Script.element(1))).registrationResponse(1);
  }

  @Test
  void identifierZeroIsRejectedWithTheElement() {
    script.up(1);
    assertRejected(
        register(1, with(Script.element(0), Script.service(1))),
        CauseCode.INVALID_VALUES,
        "element 0x00000000");
  }

  @Test
  void lifeZeroAndPortZeroAreRejected() {
    script.up(1);
    PoolElementParameter e = Script.element(1);
    PoolElementParameter lifeless =
        new PoolElementParameter(
            e.elementId(), ServerId.NONE, 0, e.userTransport(), e.policy(), e.asapTransport());
    assertRejected(register(1, lifeless), CauseCode.INVALID_VALUES, "element 0x00000001");
    assertRejected(
        register(1, with(e, new AsapTransport.Tcp(Script.address(1), 0))),
        CauseCode.INVALID_VALUES,
        "transport TCP");
  }

  @Test
  void unknownPolicyIsRejectedWithThePolicy() {
    script.up(1);
    Policy unknown = new Policy.Extension(0x7777_7777L, Octets.of((byte) 1, (byte) 2));
    assertRejected(
        register(1, Script.element(1, Script.service(1), unknown, AsapTransport.Absent.INSTANCE)),
        CauseCode.INVALID_VALUES,
        "policy " + 0x7777_7777L);
  }

  @Test
  void unknownPolicyForAKnownPoolIsRejectedWithThePoolsPolicy() {
    script.joined(1).up(2);
    Policy unknown = new Policy.Extension(0x7777_7777L, Octets.of((byte) 1, (byte) 2));
    assertRejected(
        register(2, Script.element(2, Script.service(2), unknown, AsapTransport.Absent.INSTANCE)),
        CauseCode.INCONSISTENT_POLICY,
        "policy 1");
  }

  @Test
  void addressThatIsNotThePeersIsRejected() {
    script.up(1);
    assertRejected(
        register(1, with(Script.element(1), Script.service(2))),
        CauseCode.INVALID_VALUES,
        "transport TCP");
  }

  @Test
  void onlyConfirmedAddressesOfAnSctpElementAreKeptAndThatIsAWarning() {
    script.up(
        1,
        AssociationKind.ASAP,
        TransportAddress.Kind.SCTP,
        List.of(Script.address(1), Script.address(2)),
        PeerIdentity.ANONYMOUS);
    AsapTransport.Sctp user =
        new AsapTransport.Sctp(
            List.of(Script.address(2), Script.address(3)), 7, TransportUse.DATA_ONLY);
    AsapRegistrationResponse response = register(1, with(Script.element(1), user));

    assertThat(response.rejected()).isFalse();
    assertThat(response.causes()).hasSize(1);
    script.asap(1, new AsapHandleResolution(POOL, false, 0));
    assertThat(script.sent(1).getLast().toString()).contains("10.0.0.2").doesNotContain("10.0.0.3");
  }

  @Test
  void loopbackAddressesAreGoodOverLoopbackOnly() {
    IpAddress loopback = new IpAddress.V4(0x7f00_0001);
    AsapTransport.Tcp service = new AsapTransport.Tcp(loopback, 7000);
    script.upFrom(1, loopback);
    assertThat(register(1, with(Script.element(1), service)).rejected()).isFalse();
    script.up(2, List.of(Script.address(2), loopback), PeerIdentity.ANONYMOUS);
    assertThat(register(2, with(Script.element(2), service)).rejected()).isTrue();
  }

  @Test
  void everyKindOfUserTransportIsTaken() {
    IpAddress own = Script.address(1);
    List<TransportAddress> users =
        List.of(
            new TransportAddress.Udp(own, 7),
            new TransportAddress.UdpLite(own, 7),
            new TransportAddress.Dccp(own, 7, 1),
            new TransportAddress.Opaque(Octets.ofUtf8("anything")),
            new AsapTransport.Sctp(List.of(own), 7, TransportUse.DATA_PLUS_CONTROL));
    script.up(1);
    for (TransportAddress user : users) {
      assertThat(
              register(1, PoolHandle.of("p" + user.kind()), with(Script.element(1), user))
                  .rejected())
          .as(user.kind().toString())
          .isFalse();
    }
    Script rsplib = new Script(Profile.RSPLIB).up(1);
    rsplib.asap(1, new AsapRegistration(POOL, with(Script.element(1), users.get(3))));
    assertThat(rsplib.registrationResponse(1).rejected()).isTrue();
  }

  @Test
  void elementThatDiffersFromItsPoolIsRejectedWithThePoolsParameter() {
    script.joined(1).up(2);
    assertRejected(
        register(
            2,
            Script.element(
                2, Script.service(2), new Policy.Random(), AsapTransport.Absent.INSTANCE)),
        CauseCode.INCONSISTENT_POLICY,
        "policy 1");
    assertRejected(
        register(2, with(Script.element(2), new TransportAddress.Udp(Script.address(2), 7))),
        CauseCode.INCONSISTENT_TRANSPORT,
        "transport TCP");
    assertRejected(
        register(
            2,
            with(
                Script.element(2),
                new AsapTransport.Tcp(Script.address(2), 7, TransportUse.DATA_PLUS_CONTROL))),
        CauseCode.INCONSISTENT_TRANSPORT_USE,
        "");
    assertRejected(
        register(
            1,
            Script.element(
                1, Script.service(1), new Policy.Random(), AsapTransport.Absent.INSTANCE)),
        CauseCode.INCONSISTENT_POLICY,
        "policy 1");
  }

  @Test
  void elementsOfAPoolOverTcpAllHaveAControlChannelOrNone() {
    script.up(1).up(2);
    PoolElementParameter first = withControl(1);
    assertThat(register(1, first).rejected()).isFalse();
    assertRejected(register(2, Script.element(2)), CauseCode.INCONSISTENT_TRANSPORT_USE, "");
    assertThat(register(2, withControl(2)).rejected()).isFalse();
    assertThat(script.status().elements()).isEqualTo(2);
    // One that has changed is another one.
    assertRejected(register(1, Script.element(1)), CauseCode.INCONSISTENT_TRANSPORT_USE, "");
    script.asap(1, new AsapHandleResolution(POOL, false, 0));
    assertThat(script.sent(1).getLast())
        .isInstanceOfSatisfying(
            AsapHandleResolutionResponse.class,
            response ->
                assertThat(((AsapHandleResolutionResponse.Found) response.resolution()).elements())
                    .hasSize(2)
                    .allMatch(element ->
                        element.userTransport().use() == TransportUse.DATA_PLUS_CONTROL));
  }

  private static PoolElementParameter withControl(int id) {
    return with(
        Script.element(id),
        new AsapTransport.Tcp(Script.address(id), 7, TransportUse.DATA_PLUS_CONTROL));
  }

  @Test
  void rejectedFoundingElementLeavesNoPool() {
    script.up(1);
    register(1, with(Script.element(1), Script.service(2)));
    assertThat(script.status().pools()).isZero();
  }

  @Test
  void secondProcessWithALivingElementsIdentifierIsRejectedAfterAProbe() {
    script.joined(1).answering(true);
    script.nextKeepAlive(1);
    script.up(2);
    script.seen();
    script.asap(2, new AsapRegistration(POOL, with(Script.element(1), Script.service(2))));
    assertThat(script.keepAliveTimes(1)).hasSize(1);
    assertThat(script.sent(2)).isEmpty();

    script.answer(1);

    assertRejected(script.registrationResponse(2), CauseCode.NON_UNIQUE_ELEMENT_ID, "");
  }

  @Test
  void secondProcessReplacesAnElementThatDoesNotAnswerTheProbe() {
    script.joined(1).answering(true);
    script.nextKeepAlive(1);
    script.answering(false).up(2);
    script.seen();
    script.asap(2, new AsapRegistration(POOL, with(Script.element(1), Script.service(2))));
    long askedNs = script.nowNs();

    script.to(askedNs + 249 * MS);
    assertThat(script.sent(2)).isEmpty();
    script.to(askedNs + 250 * MS);

    assertThat(script.registrationResponse(2).rejected()).isFalse();
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
    assertThat(script.status().elements()).isEqualTo(1);
  }

  @Test
  void rsplibAlwaysTakesAKnownIdentifierAsReregistration() {
    Script rsplib = new Script(Profile.RSPLIB).joined(1).up(2);
    rsplib.asap(2, new AsapRegistration(POOL, with(Script.element(1), Script.service(2))));
    assertThat(rsplib.registrationResponse(2).rejected()).isFalse();
  }

  @Test
  void identifierOfAnotherProvenIdentityIsTaken() {
    script.upAs(1, "alice").upAs(2, "mallory");
    register(1, Script.element(1));
    assertRejected(
        register(2, with(Script.element(1), Script.service(2))),
        CauseCode.NON_UNIQUE_ELEMENT_ID,
        "");
  }

  @Test
  void elementsBeyondTheLimitLackResources() {
    Script limited =
        new Script(
            RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
                .set(RegistrarSetting.ELEMENTS_PER_ASSOCIATION, 2)
                .build());
    limited.up(1);
    for (int i = 1; i <= 3; i++) {
      limited.seen();
      limited.asap(1, new AsapRegistration(POOL, with(Script.element(i), Script.service(1))));
    }
    assertRejected(limited.registrationResponse(1), CauseCode.LACK_OF_RESOURCES, "");
    limited.seen();
    limited.asap(1, new AsapRegistration(POOL, with(Script.element(1), Script.service(1))));
    assertThat(limited.registrationResponse(1).rejected()).isFalse();
  }

  @Test
  void unchangedRenewalIsToldFromAChange() {
    script.joined(1);
    script.seen();
    script.asap(1, new AsapRegistration(POOL, Script.element(1)));
    assertThat(script.events(RegistrarEvent.Renewed.class))
        .singleElement()
        .extracting(RegistrarEvent.Renewed::changed)
        .isEqualTo(false);
  }

  @Test
  void registrationEndsExactlyWithItsLife() {
    script.joined(1).answering(true);
    script.to(59_999 * MS);
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
    script.seen();
    script.to(60_000 * MS);
    assertThat(script.events(RegistrarEvent.Removed.class))
        .singleElement()
        .extracting(RegistrarEvent.Removed::source)
        .isEqualTo(DeathSource.LIFETIME);
    assertThat(script.sent(1))
        .contains(
            new io.rserpool.protocol.asap.AsapDeregistrationResponse(
                POOL, ElementId.of(1), List.of()));
  }

  @Test
  void renewalPutsOffTheEndAndRsplibDoesNotEnforceIt() {
    script.joined(1).answering(true).to(30_000 * MS);
    script.asap(1, new AsapRegistration(POOL, Script.element(1)));
    script.to(89_999 * MS);
    assertThat(script.status().elements()).isEqualTo(1);
    script.to(90_000 * MS);
    assertThat(script.status().elements()).isZero();
    Script rsplib = new Script(Profile.RSPLIB).joined(1).answering(true).to(100_000 * MS);
    assertThat(rsplib.status().elements()).isEqualTo(1);
  }

  @Test
  void elementMovesToTheAssociationOfItsLastRegistration() {
    script.joined(1).upFrom(2, Script.address(1));
    register(2, Script.element(1));
    script.down(1, LossReason.CLOSED);
    assertThat(script.status().elements()).isEqualTo(1);
  }
}
