package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.Script.MS;
import static io.rserpool.engine.registrar.Script.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapRegistration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeregistrationTest {

  private static final ElementId ONE = ElementId.of(1);
  private static final IpAddress LOOPBACK = new IpAddress.V4(0x7f00_0001);
  private static final AsapDeregistrationResponse GRANTED =
      new AsapDeregistrationResponse(POOL, ONE, List.of());
  private static final AsapDeregistrationResponse REFUSED =
      new AsapDeregistrationResponse(POOL, ONE, List.of(ErrorCause.of(CauseCode.SECURITY)));

  private final Script script = new Script(Profile.STANDARD).joined(1);

  @Test
  void elementLeaves() {
    script.asap(1, new AsapDeregistration(POOL, ONE));
    assertThat(script.sent(1)).endsWith(GRANTED);
    assertThat(script.events(RegistrarEvent.Deregistered.class)).hasSize(1);
    assertThat(script.status().pools()).isZero();
  }

  @Test
  void unknownElementIsGranted() {
    script.up(2).asap(2, new AsapDeregistration(POOL, ElementId.of(77)));
    assertThat(script.sent(2))
        .containsExactly(new AsapDeregistrationResponse(POOL, ElementId.of(77), List.of()));
    assertThat(script.events(RegistrarEvent.Deregistered.class)).isEmpty();
  }

  @Test
  void strangerIsRefusedButTheElementsOwnAddressIsNot() {
    script.up(2).asap(2, new AsapDeregistration(POOL, ONE));
    assertThat(script.sent(2)).containsExactly(REFUSED);
    script.upFrom(3, Script.address(1)).asap(3, new AsapDeregistration(POOL, ONE));
    assertThat(script.sent(3)).containsExactly(GRANTED);
  }

  @Test
  void operatorOnThisMachineTakesAnElementOutAndItMayNotComeBackAtOnce() {
    script.upFrom(2, LOOPBACK);
    script.seen();
    script.asap(2, new AsapDeregistration(POOL, ONE, LeaveRequest.DRAIN));

    assertThat(script.sent(2)).containsExactly(GRANTED);
    assertThat(script.sent(1))
        .containsExactly(new AsapDeregistrationResponse(POOL, ONE, List.of(), LeaveRequest.DRAIN));
    assertThat(script.events(RegistrarEvent.TakenOut.class))
        .singleElement()
        .satisfies(e -> assertThat(e.describe()).contains("DRAIN", "127.0.0.1", "0x00000001"));
    assertThat(script.status().elements()).isZero();

    script.toMs(59_999).asap(1, new AsapRegistration(POOL, Script.element(1)));
    assertThat(script.registrationResponse(1).causes())
        .containsExactly(ErrorCause.of(CauseCode.SECURITY));
    script.toMs(60_000).seen();
    script.asap(1, new AsapRegistration(POOL, Script.element(1)));
    assertThat(script.registrationResponse(1).rejected()).isFalse();
  }

  @Test
  void takingOutFromElsewhereIsRefused() {
    script.up(2).asap(2, new AsapDeregistration(POOL, ONE, LeaveRequest.REMOVE));
    assertThat(script.sent(2)).containsExactly(REFUSED);
    assertThat(script.status().elements()).isEqualTo(1);
  }

  @Test
  void takingOutCanBeForbidden() {
    Script strict =
        new Script(
                RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
                    .set(RegistrarSetting.REMOVAL_BY_HAND, false)
                    .build())
            .joined(1)
            .upFrom(2, LOOPBACK);
    strict.asap(2, new AsapDeregistration(POOL, ONE, LeaveRequest.REMOVE));
    assertThat(strict.sent(2)).containsExactly(REFUSED);
  }

  @Test
  void rsplibElementIsNotToldThatItWasTakenOut() {
    Script rsplib = new Script(Profile.RSPLIB).joined(1).upFrom(2, LOOPBACK);
    rsplib.seen();
    rsplib.asap(2, new AsapDeregistration(POOL, ONE, LeaveRequest.REMOVE));
    assertThat(rsplib.sent(1)).isEmpty();
    assertThat(rsplib.sent(2)).containsExactly(GRANTED);
  }

  @Test
  void nothingIsAskedOfAnElementThatLeft() {
    script.asap(1, new AsapDeregistration(POOL, ONE));
    script.seen();
    script.to(5_000 * MS);
    assertThat(script.seen()).isEmpty();
  }
}
