package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.Script.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.LossReason;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A second process registers the identifier of an element that may live: whatever becomes of the
/// element, the newcomer is answered, and once only.
class RivalTest {

  private static final ElementId ONE = ElementId.of(1);
  private static final PoolElementParameter NEWCOMER =
      Script.element(1).withUserTransport(Script.service(2));
  private static final AsapRegistration REGISTRATION = new AsapRegistration(POOL, NEWCOMER);

  /// The newcomer has registered over association 2 and waits; the element has just been asked.
  private static Script rival() {
    Script script = new Script(Profile.STANDARD).joined(1).answering(true);
    script.nextKeepAlive(1);
    script.answering(false).up(2);
    script.seen();
    script.asap(2, REGISTRATION);
    assertThat(script.keepAliveTimes(1)).hasSize(1);
    assertThat(script.sent(2)).isEmpty();
    return script;
  }

  private static List<AsapRegistrationResponse> answers(Script script) {
    return script.sent(2).stream()
        .filter(AsapRegistrationResponse.class::isInstance)
        .map(AsapRegistrationResponse.class::cast)
        .toList();
  }

  private static void assertTakenIn(Script script) {
    assertThat(answers(script)).containsExactly(AsapRegistrationResponse.accepted(POOL, ONE));
    script.seen();
    script.up(50).asap(50, new AsapHandleResolution(POOL, false, 0));
    assertThat(((AsapHandleResolutionResponse) script.sent(50).getFirst()).resolution())
        .isEqualTo(
            new AsapHandleResolutionResponse.Found(
                Policy.RoundRobin.INSTANCE, List.of(NEWCOMER.withHome(Script.ID))));
  }

  private static void assertRefused(Script script, CauseCode code) {
    assertThat(answers(script))
        .containsExactly(
            new AsapRegistrationResponse(POOL, ONE, true, List.of(ErrorCause.of(code))));
  }

  @Test
  void rivalTakesThePlaceOfAnElementThatLeaves() {
    Script script = rival().asap(1, new AsapDeregistration(POOL, ONE));
    assertThat(script.sent(1)).endsWith(new AsapDeregistrationResponse(POOL, ONE, List.of()));
    assertTakenIn(script);
  }

  @ParameterizedTest
  @EnumSource(names = {"REMOVE", "DRAIN"})
  void rivalOfAnElementThatIsTakenOutByHandIsHeldOffAsWell(LeaveRequest leave) {
    Script script = rival().upFrom(3, new IpAddress.V4(0x7f00_0001));
    script.asap(3, new AsapDeregistration(POOL, ONE, leave));
    assertRefused(script, CauseCode.SECURITY);
    assertThat(script.status().elements()).isZero();
  }

  @Test
  void rivalTakesThePlaceOfAnElementWhoseAssociationIsLost() {
    assertTakenIn(rival().down(1, LossReason.RESET));
  }

  @Test
  void rivalWaitsForTheCallOfALostElementAndTakesItsPlaceWhenNobodyListens() {
    Script script = calledWithRival();
    script.down(-2, LossReason.REFUSED);
    assertTakenIn(script);
  }

  @Test
  void rivalIsRejectedWhenTheLostElementAnswersTheCall() {
    Script script = calledWithRival().upFrom(-2, Script.address(1));
    script.asap(-2, new AsapEndpointKeepAliveAck(POOL, ONE));
    assertRefused(script, CauseCode.NON_UNIQUE_ELEMENT_ID);
  }

  @Test
  void rivalThatAsksAgainDuringTheCallIsAcceptedAndNotRejectedAsWell() {
    assertTakenIn(calledWithRival().asap(2, REGISTRATION));
  }

  private static Script calledWithRival() {
    Script script = new Script(Profile.STANDARD).up(1).answering(true);
    script.asap(1, new AsapRegistration(POOL, Script.callable(1)));
    script.to(script.nowNs());
    script.upFrom(-1, Script.address(1));
    script.nextKeepAlive(1);
    script.answering(false).up(2);
    script.seen();
    script.asap(2, REGISTRATION).down(1, LossReason.RESET);
    assertThat(script.sent(2)).isEmpty();
    return script;
  }

  @Test
  void rivalTakesThePlaceOfAnElementThatDidNotRenewInTime() {
    Script script = new Script(Profile.STANDARD).joined(1).answering(true).toMs(59_900);
    script.answering(false).up(2);
    script.seen();
    script.asap(2, REGISTRATION);
    assertThat(script.sent(2)).isEmpty();
    script.toMs(60_000);
    assertTakenIn(script);
  }

  @Test
  void rivalThatAsksAgainIsAnsweredOnce() {
    assertTakenIn(rival().asap(2, REGISTRATION).asap(1, new AsapDeregistration(POOL, ONE)));
  }

  @Test
  void rivalThatDeregistersTakesItsOwnRegistrationBack() {
    Script script = rival().asap(2, new AsapDeregistration(POOL, ONE));
    assertRefused(script, CauseCode.NON_UNIQUE_ELEMENT_ID);
    assertThat(script.sent(2)).endsWith(new AsapDeregistrationResponse(POOL, ONE, List.of()));
    script.answer(1);
    assertThat(script.status().elements()).isEqualTo(1);
    assertThat(script.sent(2)).hasSize(2);
  }

  @Test
  void rivalWithoutAnAssociationGetsNothing() {
    Script script = rival().down(2, LossReason.RESET).asap(1, new AsapDeregistration(POOL, ONE));
    assertThat(script.sent(2)).isEmpty();
    assertThat(script.status().elements()).isZero();
  }
}
