package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.Script.MS;
import static io.rserpool.engine.registrar.Script.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Effect;
import io.rserpool.engine.LossReason;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapRegistration;
import org.junit.jupiter.api.Test;

class AssociationLossTest {

  private static final AsapEndpointKeepAliveAck ACK =
      new AsapEndpointKeepAliveAck(POOL, ElementId.of(1));

  /// An element that can be called, whose address check is over, and that has answered once.
  private static Script callable() {
    return callable(RegistrarSettings.forProfile(Profile.STANDARD));
  }

  private static Script callable(RegistrarSettings settings) {
    Script script = new Script(settings).up(1).answering(true);
    script.asap(1, new AsapRegistration(POOL, Script.callable(1)));
    script.to(script.nowNs());
    script.upFrom(-1, Script.address(1));
    script.nextKeepAlive(1);
    script.answering(false);
    return script;
  }

  /// Element 1 has lost its association and has answered the call: it lives without home.
  static Script orphan(RegistrarSettings settings) {
    Script script = callable(settings).down(1, LossReason.RESET);
    return script.upFrom(-2, Script.address(1)).asap(-2, ACK);
  }

  private static void assertRemovedByTransport(Script script) {
    assertThat(script.events(RegistrarEvent.Removed.class))
        .singleElement()
        .extracting(RegistrarEvent.Removed::source)
        .isEqualTo(DeathSource.TRANSPORT);
  }

  @Test
  void elementThatCannotBeCalledIsRemovedAtOnce() {
    Script script = new Script(Profile.STANDARD).joined(1).down(1, LossReason.RESET);
    assertRemovedByTransport(script);
    assertThat(script.effects(Effect.Open.class)).isEmpty();
  }

  @Test
  void rsplibRemovesAtOnceWithoutACall() {
    Script script = new Script(Profile.RSPLIB).up(1);
    script.asap(1, new AsapRegistration(POOL, Script.callable(1))).down(1, LossReason.CLOSED);
    assertRemovedByTransport(script);
    assertThat(script.effects(Effect.Open.class)).isEmpty();
  }

  @Test
  void refusedCallRemovesAtOnce() {
    Script script = callable().down(1, LossReason.RESET);
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
    assertThat(script.effects(Effect.Open.class))
        .singleElement()
        .satisfies(o -> assertThat(o.endpoint().toString()).isEqualTo("tcp://10.0.0.1:5000"));
    script.down(-2, LossReason.REFUSED);
    assertRemovedByTransport(script);
  }

  @Test
  void callWithoutAnswerRemovesWhenTheVerdictTimeIsOver() {
    Script script = callable().down(1, LossReason.RESET);
    long lostNs = script.nowNs();
    script.to(lostNs + 100 * MS).upFrom(-2, Script.address(1));
    assertThat(script.sent(-2)).hasOnlyElementsOfType(AsapEndpointKeepAlive.class).hasSize(1);
    script.to(lostNs + 250 * MS - 1);
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
    script.to(lostNs + 250 * MS);
    assertRemovedByTransport(script);
    assertThat(script.effects(Effect.Close.class)).isNotEmpty();
  }

  @Test
  void elementThatAnswersTheCallIsKeptWithoutHomeForTheAdoptionGrace() {
    Script script = callable().down(1, LossReason.CLOSED);
    script.upFrom(-2, Script.address(1)).asap(-2, ACK);
    assertThat(script.events(RegistrarEvent.Orphaned.class)).hasSize(1);
    assertThat(script.status().ownElements()).isZero();
    assertThat(script.status().elements()).isEqualTo(1);
    script.up(50).asap(50, new AsapHandleResolution(POOL, false, 0));
    assertThat(script.sent(50).getFirst().toString()).contains(ServerId.NONE.toString());

    long answeredNs = script.nowNs();
    script.to(answeredNs + 5_000 * MS - 1);
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
    script.to(answeredNs + 5_000 * MS);
    assertRemovedByTransport(script);
  }

  @Test
  void orphanThatRegistersAgainIsAtHome() {
    Script script = callable().down(1, LossReason.CLOSED);
    script.upFrom(-2, Script.address(1)).asap(-2, ACK);
    script.upFrom(2, Script.address(1)).asap(2, new AsapRegistration(POOL, Script.callable(1)));
    assertThat(script.status().ownElements()).isEqualTo(1);
    long nowNs = script.nowNs();
    script.answering(true);
    script.to(nowNs + 6_000 * MS);
    assertThat(script.events(RegistrarEvent.Removed.class))
        .noneMatch(r -> r.source() == DeathSource.TRANSPORT);
  }

  @Test
  void registrationDuringTheCallEndsIt() {
    Script script = callable().down(1, LossReason.CLOSED);
    script.upFrom(2, Script.address(1)).asap(2, new AsapRegistration(POOL, Script.callable(1)));
    script.down(-2, LossReason.REFUSED);
    assertThat(script.events(RegistrarEvent.Removed.class)).isEmpty();
    assertThat(script.status().ownElements()).isEqualTo(1);
  }

  @Test
  void addressThatNobodyAnswersCountsAsUncallableFromThenOn() {
    Script script = new Script(Profile.STANDARD).up(1).answering(true);
    script.asap(1, new AsapRegistration(POOL, Script.callable(1)));
    script.to(script.nowNs());
    assertThat(script.effects(Effect.Open.class)).hasSize(1);
    script.to(script.nowNs() + 1_000 * MS);
    assertThat(script.events(RegistrarEvent.Uncallable.class)).hasSize(1);
    script.asap(1, new AsapRegistration(POOL, Script.callable(1)));
    script.seen();
    script.down(1, LossReason.RESET);
    assertRemovedByTransport(script);
    assertThat(script.effects(Effect.Open.class)).isEmpty();
  }

  @Test
  void claimedAddressOfAStrangerIsNeverCalledAndThatIsAWarning() {
    Script script = new Script(Profile.STANDARD).up(1);
    script.asap(
        1, new AsapRegistration(POOL, Script.callable(1).withAsapTransport(Script.service(66))));
    script.to(script.nowNs());
    assertThat(script.registrationResponse(1).rejected()).isFalse();
    assertThat(script.registrationResponse(1).causes()).hasSize(1);
    assertThat(script.effects(Effect.Open.class)).isEmpty();
  }

  @Test
  void addressChecksAreSpreadOverTime() {
    Script script = new Script(Profile.STANDARD);
    for (int n = 1; n <= 10; n++) {
      script.up(n).asap(n, new AsapRegistration(POOL, Script.callable(n)));
    }
    script.to(59 * MS);
    assertThat(script.effects(Effect.Open.class)).hasSize(3);
  }
}
