package io.rserpool.sim.session;

import io.rserpool.engine.session.SessionMode;
import io.rserpool.engine.session.SessionSettings;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Profile;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// From what the settings of sessions are drawn.
///
/// @param connectTimeout of each call
/// @param readTimeout of those that have one
/// @param sendTimeout of all
/// @param heartbeatInterval of those that ask for signs of life
/// @param heartbeatTimeout of these
/// @param poolCheckInterval where nothing is pushed
/// @param failoverTimeout of those that give up
/// @param retryDelay after all was in vain
/// @param moveSpread of moves that many begin at once
public record SessionTimes(
    Duration connectTimeout,
    Duration readTimeout,
    Duration sendTimeout,
    Duration heartbeatInterval,
    Duration heartbeatTimeout,
    Duration poolCheckInterval,
    Duration failoverTimeout,
    Duration retryDelay,
    Duration moveSpread) {

  private static final int QUEUE_MAX = 20 * Piece.Request.SIZE;
  private static final int UNREAD_MAX = 20 * Piece.Reply.SIZE;
  private static final double MANUAL_SHARE = 0.3;
  private static final double IMPATIENT_SHARE = 0.2;
  private static final Duration FOREVER = Duration.ofDays(30);
  private static final int IMPATIENT_ATTEMPTS = 100;

  /// As good as no limit.
  private static final int ATTEMPTS = 1_000_000;

  /// The times of a profile: those that wait for a timer of the scope are as long as that is.
  public static SessionTimes forProfile(Profile profile) {
    return switch (profile) {
      case STANDARD -> of(1_000, 2_000, 1_000, 3_000, 30_000, 200);
      case RSPLIB -> of(2_000, 6_000, 3_000, 6_000, 120_000, 500);
      case RFC -> of(5_000, 30_000, 15_000, 30_000, 600_000, 1_000);
    };
  }

  private static SessionTimes of(
      long connectMs, long silenceMs, long beatMs, long checkMs, long failoverMs, long spreadMs) {
    return new SessionTimes(
        Duration.ofMillis(connectMs),
        Duration.ofMillis(silenceMs),
        Duration.ofMillis(silenceMs),
        Duration.ofMillis(beatMs),
        Duration.ofMillis(beatMs),
        Duration.ofMillis(checkMs),
        Duration.ofMillis(failoverMs),
        Duration.ofMillis(250),
        Duration.ofMillis(spreadMs));
  }

  /// The settings of one session. Some have a read time-out, some ask for signs of life, some do both;
  /// all have at least one way to notice an element that says nothing any more.
  SessionSettings draw(RandomGenerator random) {
    int senses = 1 + random.nextInt(3);
    boolean isImpatient = random.nextDouble() < IMPATIENT_SHARE;
    return of((senses & 1) != 0, (senses & 2) != 0).toBuilder()
        .mode(random.nextDouble() < MANUAL_SHARE ? SessionMode.MANUAL : SessionMode.AUTOMATIC)
        .failoverTimeout(isImpatient ? failoverTimeout : FOREVER)
        .attempts(isImpatient ? IMPATIENT_ATTEMPTS : ATTEMPTS)
        .build();
  }

  /// Those of which one is the slowest.
  public List<SessionSettings> slowest() {
    return List.of(of(true, false), of(false, true));
  }

  private SessionSettings of(boolean reads, boolean beats) {
    return new SessionSettings(
        SessionMode.AUTOMATIC,
        ElementId.NONE,
        Duration.ZERO,
        connectTimeout,
        reads ? readTimeout : Duration.ZERO,
        sendTimeout,
        beats ? heartbeatInterval : Duration.ZERO,
        heartbeatTimeout,
        poolCheckInterval,
        failoverTimeout,
        IMPATIENT_ATTEMPTS,
        retryDelay,
        moveSpread,
        false,
        UNREAD_MAX,
        QUEUE_MAX);
  }
}
