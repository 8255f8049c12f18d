package io.rserpool.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Profile;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class SessionSettingsTest {

  private static final SessionSettings STANDARD = SessionSettings.forProfile(Profile.STANDARD);

  private static SessionSettings with(UnaryOperator<SessionSettings.Builder> change) {
    return change.apply(STANDARD.toBuilder()).build();
  }

  @Test
  void profilesDifferInTheHeartbeatAlone() {
    assertThat(STANDARD)
        .isEqualTo(
            new SessionSettings(
                SessionMode.AUTOMATIC,
                ElementId.NONE,
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                100,
                Duration.ofMillis(250),
                Duration.ofMillis(20),
                false,
                262_144,
                262_144));
    SessionSettings silent = with(s -> s.heartbeatInterval(Duration.ZERO));
    assertThat(SessionSettings.forProfile(Profile.RFC)).isEqualTo(silent);
    assertThat(SessionSettings.forProfile(Profile.RSPLIB)).isEqualTo(silent);
  }

  @Test
  void builderSetsEveryValue() {
    SessionSettings all =
        with(s ->
            s.mode(SessionMode.MANUAL)
                .preferred(ElementId.of(7))
                .failBackAfter(Duration.ofSeconds(2))
                .connectTimeout(Duration.ofSeconds(3))
                .readTimeout(Duration.ofSeconds(4))
                .sendTimeout(Duration.ofSeconds(5))
                .heartbeatInterval(Duration.ofSeconds(6))
                .heartbeatTimeout(Duration.ofSeconds(7))
                .poolCheckInterval(Duration.ofSeconds(8))
                .failoverTimeout(Duration.ofSeconds(9))
                .attempts(10)
                .retryDelay(Duration.ofSeconds(11))
                .moveSpread(Duration.ofSeconds(12))
                .endsOrderly(true)
                .unreadMax(13)
                .unsentMax(14));
    assertThat(all)
        .isEqualTo(
            new SessionSettings(
                SessionMode.MANUAL,
                ElementId.of(7),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                Duration.ofSeconds(5),
                Duration.ofSeconds(6),
                Duration.ofSeconds(7),
                Duration.ofSeconds(8),
                Duration.ofSeconds(9),
                10,
                Duration.ofSeconds(11),
                Duration.ofSeconds(12),
                true,
                13,
                14))
        .isEqualTo(all.toBuilder().build());
  }

  @Test
  void valuesOutOfTheirRangeAreRefusedByName() {
    Duration negative = Duration.ofSeconds(-1);
    List<UnaryOperator<SessionSettings.Builder>> wrong =
        List.of(
            s -> s.failBackAfter(negative),
            s -> s.connectTimeout(Duration.ZERO),
            s -> s.readTimeout(negative),
            s -> s.sendTimeout(Duration.ZERO),
            s -> s.heartbeatInterval(negative),
            s -> s.heartbeatTimeout(Duration.ZERO),
            s -> s.poolCheckInterval(negative),
            s -> s.failoverTimeout(Duration.ZERO),
            s -> s.attempts(0),
            s -> s.retryDelay(Duration.ZERO),
            s -> s.moveSpread(negative),
            s -> s.unreadMax(0),
            s -> s.unsentMax(0));
    List<String> names =
        List.of(
            "fail-back-after",
            "connect-timeout",
            "read-timeout",
            "send-timeout",
            "heartbeat-interval",
            "heartbeat-timeout",
            "pool-check-interval",
            "failover-timeout",
            "attempts",
            "retry-delay",
            "move-spread",
            "unread-max",
            "unsent-max");
    for (int i = 0; i < wrong.size(); i++) {
      UnaryOperator<SessionSettings.Builder> change = wrong.get(i);
      assertThatThrownBy(() -> with(change))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(names.get(i));
    }
  }

  @Test
  void failingBackNeedsAnElementToGoBackTo() {
    assertThatThrownBy(() -> with(s -> s.failBackAfter(Duration.ofSeconds(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a preferred element");
  }
}
