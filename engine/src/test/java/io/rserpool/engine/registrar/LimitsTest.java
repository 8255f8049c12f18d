package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.Script.MS;
import static io.rserpool.engine.registrar.Script.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Input;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static final AsapHandleResolution RESOLUTION = new AsapHandleResolution(POOL, false, 0);

  private static long refusals(List<AsapMessage> messages) {
    return messages.stream()
        .filter(m -> m.toString().contains(CauseCode.LACK_OF_RESOURCES.text()))
        .count();
  }

  private static Script script() {
    return new Script(Profile.STANDARD).joined(1).up(2);
  }

  @Test
  void resolutionsOfAPoolThatKeepsStateAreLimitedPerIdentity() {
    Script script = script();
    for (int i = 0; i < 201; i++) {
      script.asap(2, RESOLUTION);
    }
    assertThat(refusals(script.sent(2))).isEqualTo(1);
    script.seen();
    script.answering(true).to(script.nowNs() + 10 * MS);
    script.asap(2, RESOLUTION).asap(2, RESOLUTION);
    assertThat(refusals(script.sent(2))).isEqualTo(1);
  }

  @Test
  void anotherAssociationOfTheSameAddressHasTheSameLimit() {
    Script script = script().upFrom(3, Script.address(2)).up(4);
    for (int i = 0; i < 200; i++) {
      script.asap(2, RESOLUTION);
    }
    script.asap(3, RESOLUTION).asap(4, RESOLUTION);
    assertThat(refusals(script.sent(3))).isEqualTo(1);
    assertThat(refusals(script.sent(4))).isZero();
  }

  @Test
  void hundredRefusalsInARowEndTheAssociation() {
    Script script = script();
    for (int i = 0; i < 299; i++) {
      script.asap(2, RESOLUTION);
    }
    assertThat(script.effects(Effect.Abort.class)).isEmpty();
    script.asap(2, RESOLUTION);
    assertThat(script.effects(Effect.Abort.class))
        .singleElement()
        .extracting(Effect.Abort::association)
        .isEqualTo(new AssociationId(2));
  }

  @Test
  void loopbackPeersAreLimitedOnlyIfAskedFor() {
    IpAddress loopback = new IpAddress.V4(0x7f00_0001);
    Script free = script().upFrom(3, loopback);
    Script strict =
        new Script(
                RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
                    .set(RegistrarSetting.LIMIT_LOOPBACK, true)
                    .build())
            .joined(1)
            .upFrom(3, loopback);
    for (int i = 0; i < 250; i++) {
      free.asap(3, RESOLUTION);
      strict.asap(3, RESOLUTION);
    }
    assertThat(refusals(free.sent(3))).isZero();
    assertThat(refusals(strict.sent(3))).isEqualTo(50);
  }

  @Test
  void rsplibHasNoRateLimits() {
    Script script = new Script(Profile.RSPLIB).joined(1).up(2);
    for (int i = 0; i < 5_000; i++) {
      script.asap(2, RESOLUTION);
    }
    assertThat(refusals(script.sent(2))).isZero();
  }

  @Test
  void floodOfConnectionsIsCutOffAndSlowsNobodyElse() {
    Script script = new Script(Profile.STANDARD);
    IpAddress flooder = Script.address(9);
    for (int i = 1; i <= 201; i++) {
      script.upFrom(i, flooder);
    }
    assertThat(script.effects(Effect.Abort.class)).hasSize(1);
    script.up(500);
    assertThat(script.effects(Effect.Abort.class)).hasSize(1);
    assertThat(script.status().associations()).isEqualTo(201);
  }

  @Test
  void malformedBytesAreReportedAndEndTheAssociationAfterSixteen() {
    Script script = script();
    ErrorCause cause = ErrorCause.of(CauseCode.UNRECOGNIZED_MESSAGE, Octets.ofUtf8("?"));
    for (int i = 0; i < 15; i++) {
      script.input(
          new Input.MalformedReceived(new AssociationId(2), List.of(cause), "length 3 at byte 2"));
    }
    assertThat(script.sent(2)).hasSize(15).containsOnly(new AsapError(List.of(cause)));
    assertThat(script.effects(Effect.Abort.class)).isEmpty();
    script.input(new Input.MalformedReceived(new AssociationId(2), List.of(), "again"));
    assertThat(script.effects(Effect.Abort.class)).hasSize(1);
    assertThat(script.events(RegistrarEvent.Malformed.class)).hasSize(16);
    assertThat(script.status().elements()).isEqualTo(1);
  }

  @Test
  void reportsOfTheHostComeBesideTheAnswerButNeverToAnError() {
    Script script = script();
    ErrorCause cause = ErrorCause.of(CauseCode.UNRECOGNIZED_PARAMETER);
    script.input(new Input.AsapReceived(new AssociationId(2), RESOLUTION, List.of(cause)));
    assertThat(script.sent(2)).hasSize(2).endsWith(new AsapError(List.of(cause)));
    script.seen();
    script.input(
        new Input.AsapReceived(
            new AssociationId(2), new AsapError(List.of(cause)), List.of(cause)));
    assertThat(script.sent(2)).isEmpty();
    assertThat(script.events(RegistrarEvent.ErrorReceived.class)).hasSize(1);
  }

  @Test
  void messageThatNoRegistrarTakesIsCountedAsSenseless() {
    Script script = script();
    script.asap(2, new AsapCookie(Octets.ofUtf8("x")));
    assertThat(script.events(RegistrarEvent.Malformed.class)).hasSize(1);
    assertThat(script.sent(2)).isEmpty();
  }

  @Test
  void inputOfUnknownAssociationsIsIgnored() {
    Script script = script();
    script.seen();
    script.asap(77, RESOLUTION);
    assertThat(script.seen()).isEmpty();
  }

  @Test
  void poolsHaveALimit() {
    Script script =
        new Script(
                RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
                    .set(RegistrarSetting.POOLS_MAX, 1)
                    .build())
            .joined(1)
            .up(2);
    script.asap(
        2,
        new io.rserpool.protocol.asap.AsapRegistration(PoolHandle.of("second"), Script.element(2)));
    assertThat(script.registrationResponse(2).causes())
        .containsExactly(ErrorCause.of(CauseCode.LACK_OF_RESOURCES));
  }
}
