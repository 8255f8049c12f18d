package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.Script.MS;
import static io.rserpool.engine.registrar.Script.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.LossReason;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolutionTest {

  private static final long USER = 100;

  private static Script pool(Profile profile, int elements) {
    Script script = new Script(profile).up(USER);
    for (int n = 1; n <= elements; n++) {
      script.joined(n);
    }
    return script;
  }

  private static AsapHandleResolutionResponse resolve(Script script, boolean updates, long items) {
    script.seen();
    script.asap(USER, new AsapHandleResolution(POOL, updates, items));
    return (AsapHandleResolutionResponse) script.sent(USER).getFirst();
  }

  private static List<Integer> ids(AsapMessage response) {
    if (((AsapHandleResolutionResponse) response).resolution()
        instanceof AsapHandleResolutionResponse.Found found) {
      return found.elements().stream().map(e -> e.elementId().value()).toList();
    }
    return List.of();
  }

  private static List<ErrorCause> causes(AsapMessage response) {
    return ((AsapHandleResolutionResponse) response).resolution()
            instanceof AsapHandleResolutionResponse.Refused refused
        ? refused.causes()
        : List.of();
  }

  @Test
  void profileDecidesHowManyItemsThereAre() {
    assertThat(ids(resolve(pool(Profile.STANDARD, 5), false, 0))).hasSize(5);
    assertThat(ids(resolve(pool(Profile.RSPLIB, 5), false, 0))).hasSize(3);
    assertThat(ids(resolve(pool(Profile.STANDARD, 5), false, 2))).hasSize(2);
    assertThat(ids(resolve(pool(Profile.RSPLIB, 5), false, AsapHandleResolution.ALL_ITEMS)))
        .hasSize(5);
    assertThat(ids(resolve(pool(Profile.RSPLIB, 130), false, AsapHandleResolution.ALL_ITEMS)))
        .hasSize(128);
  }

  @Test
  void answersNameThePoolsPolicyWhereItIsNotRoundRobin() {
    for (Policy policy : List.of(new Policy.Random(), new Policy.WeightedRandom(7))) {
      Script script = new Script(Profile.STANDARD).up(USER).up(1).up(2);
      for (int n = 1; n <= 2; n++) {
        script.asap(
            n,
            new AsapRegistration(
                POOL, Script.element(n, Script.service(n), policy, AsapTransport.Absent.INSTANCE)));
      }
      assertThat(policyOf(resolve(script, true, 1))).isEqualTo(policy);
      script.seen();
      script.asap(1, new AsapDeregistration(POOL, ElementId.of(1)));
      assertThat(policyOf(script.sent(USER).getFirst())).isEqualTo(policy);
    }
  }

  private static Policy policyOf(AsapMessage response) {
    return ((AsapHandleResolutionResponse.Found)
            ((AsapHandleResolutionResponse) response).resolution())
        .policy();
  }

  @Test
  void roundRobinMovesOnByOneElementPerAnswer() {
    Script script = pool(Profile.STANDARD, 3);
    assertThat(ids(resolve(script, false, 0))).containsExactly(1, 2, 3);
    assertThat(ids(resolve(script, false, 0))).containsExactly(2, 3, 1);
  }

  @Test
  void answerIsCutWhereTheMessageIsFull() {
    Script script = new Script(Profile.STANDARD).up(USER).up(1);
    for (int n = 1; n <= 20; n++) {
      PoolElementParameter big =
          Script.element(n)
              .withUserTransport(new TransportAddress.Opaque(Octets.of(new byte[10_000])));
      script.asap(1, new AsapRegistration(POOL, big));
    }
    assertThat(ids(resolve(script, false, 0))).hasSize(6);
  }

  @Test
  void unknownPoolIsLackingResourcesDuringTheWarmUpAndUnknownAfterwards() {
    Script script = new Script(Profile.STANDARD).up(USER);
    assertThat(causes(resolve(script, true, 0)))
        .containsExactly(ErrorCause.of(CauseCode.LACK_OF_RESOURCES));
    script.to(2_000 * MS - 1);
    assertThat(causes(resolve(script, false, 0)))
        .containsExactly(ErrorCause.of(CauseCode.LACK_OF_RESOURCES));
    script.to(2_000 * MS);
    assertThat(causes(resolve(script, false, 0)))
        .containsExactly(ErrorCause.of(CauseCode.UNKNOWN_POOL_HANDLE));
  }

  @Test
  void rfcAndRsplibHaveNoWarmUp() {
    for (Profile profile : List.of(Profile.RFC, Profile.RSPLIB)) {
      assertThat(causes(resolve(new Script(profile).up(USER), false, 0)))
          .containsExactly(ErrorCause.of(CauseCode.UNKNOWN_POOL_HANDLE));
    }
  }

  @Test
  void subscribedUserIsToldOfEveryChangeAtOnceAndLaterOnesTogether() {
    Script script = pool(Profile.STANDARD, 1).answering(true);
    assertThat(resolve(script, true, 0).updatesAccepted()).isTrue();

    script.seen();
    script.joined(2);
    assertThat(script.sent(USER)).hasSize(1);
    assertThat(ids(script.sent(USER).getFirst())).containsExactlyInAnyOrder(1, 2);

    long pushedNs = script.nowNs();
    script.seen();
    script.joined(3).joined(4);
    script.to(pushedNs + 20 * MS - 1);
    assertThat(script.sent(USER)).isEmpty();
    script.to(pushedNs + 20 * MS);
    assertThat(script.sent(USER)).hasSize(1);
    assertThat(ids(script.sent(USER).getFirst())).containsExactlyInAnyOrder(1, 2, 3, 4);
  }

  @Test
  void pushGapIsLongerInTheRfcProfile() {
    Script script = pool(Profile.RFC, 1);
    resolve(script, true, 0);
    script.joined(2);
    script.seen();
    script.joined(3);
    script.to(script.nowNs() + 100 * MS - 1);
    assertThat(script.sent(USER)).isEmpty();
    script.to(script.nowNs() + 1);
    assertThat(script.sent(USER)).hasSize(1);
  }

  @Test
  void pushesDoNotAdvanceThePolicy() {
    Script script = pool(Profile.STANDARD, 3).answering(true);
    assertThat(ids(resolve(script, true, 0))).startsWith(1);
    script.joined(4);
    script.to(script.nowNs() + 100 * MS);
    script.asap(4, new AsapDeregistration(POOL, ElementId.of(4)));
    script.to(script.nowNs() + 100 * MS);
    assertThat(ids(resolve(script, true, 0))).startsWith(2);
  }

  @Test
  void unchangedRenewalIsNotPushed() {
    Script script = pool(Profile.STANDARD, 1);
    resolve(script, true, 0);
    script.seen();
    script.asap(1, new AsapRegistration(POOL, Script.element(1)));
    assertThat(script.sent(USER)).isEmpty();
  }

  @Test
  void emptiedPoolIsToldOnceAndEndsTheSubscription() {
    Script script = pool(Profile.STANDARD, 1);
    resolve(script, true, 0);
    script.seen();
    script.asap(1, new AsapDeregistration(POOL, ElementId.of(1)));
    assertThat(causes(script.sent(USER).getFirst()))
        .containsExactly(ErrorCause.of(CauseCode.UNKNOWN_POOL_HANDLE));
    script.seen();
    script.asap(1, new AsapRegistration(POOL, Script.element(1)));
    assertThat(script.sent(USER)).isEmpty();
    assertThat(script.status().subscriptions()).isZero();
  }

  @Test
  void requestWithoutTheFlagEndsTheSubscriptionAndSoDoesTheLossOfTheAssociation() {
    Script script = pool(Profile.STANDARD, 1);
    resolve(script, true, 0);
    assertThat(resolve(script, false, 0).updatesAccepted()).isFalse();
    assertThat(script.status().subscriptions()).isZero();
    resolve(script, true, 0);
    assertThat(script.status().subscriptions()).isEqualTo(1);
    script.down(USER, LossReason.RESET);
    assertThat(script.status().subscriptions()).isZero();
  }

  @Test
  void rsplibNeverAcceptsSubscriptions() {
    Script script = pool(Profile.RSPLIB, 1);
    assertThat(resolve(script, true, 0).updatesAccepted()).isFalse();
    script.seen();
    script.joined(2);
    assertThat(script.sent(USER)).isEmpty();
  }

  @Test
  void subscriptionsHaveALimit() {
    Script script =
        new Script(
                RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
                    .set(RegistrarSetting.SUBSCRIPTIONS_PER_ASSOCIATION, 2)
                    .build())
            .up(USER)
            .up(1);
    List<Boolean> accepted = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      script.asap(1, new AsapRegistration(PoolHandle.of(name), Script.element(1)));
      script.seen();
      script.asap(USER, new AsapHandleResolution(PoolHandle.of(name), true, 0));
      accepted.add(((AsapHandleResolutionResponse) script.sent(USER).getFirst()).updatesAccepted());
    }
    assertThat(accepted).containsExactly(true, true, false);
    assertThat(script.events(RegistrarEvent.LimitHit.class)).hasSize(1);
  }
}
