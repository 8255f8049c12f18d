package io.rserpool.engine.session;

import io.rserpool.engine.hunt.Setting;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Profile;
import java.time.Duration;

/// How a session behaves.
///
/// @param mode who moves the session when its element fails
/// @param preferred this element if it is in the pool, or [ElementId#NONE]
/// @param failBackAfter how long the preferred element has to be in the pool again before the session
///     goes back to it; zero for never
/// @param connectTimeout how long the call of one element may take
/// @param readTimeout nothing heard for so long while the application waits is a failure; zero for
///     never
/// @param sendTimeout nothing taken for so long is a failure
/// @param heartbeatInterval a link with a control channel on which nothing was heard for so long is
///     asked for a sign of life (ASAP_ENDPOINT_KEEP_ALIVE); zero for never, as beside rsplib
/// @param heartbeatTimeout how long the answer may take
/// @param poolCheckInterval where the registrar pushes nothing: how often the pool is asked for while
///     the session is on an element; zero for never
/// @param failoverTimeout how long a move may take in all
/// @param attempts how many elements one move tries at most
/// @param retryDelay the pause after the pool was empty, no registrar answered, or every element was
///     tried
/// @param moveSpread a move that many sessions begin at once, since the registrar told them, waits
///     for a random part of this first
/// @param endsOrderly whether the element may end the session in order
/// @param unreadMax bytes that are read ahead of the application
/// @param unsentMax bytes that are accepted ahead of the element
public record SessionSettings(
    SessionMode mode,
    ElementId preferred,
    Duration failBackAfter,
    Duration connectTimeout,
    Duration readTimeout,
    Duration sendTimeout,
    Duration heartbeatInterval,
    Duration heartbeatTimeout,
    Duration poolCheckInterval,
    Duration failoverTimeout,
    int attempts,
    Duration retryDelay,
    Duration moveSpread,
    boolean endsOrderly,
    int unreadMax,
    int unsentMax) {

  /// Queues beyond this are no queues any more.
  private static final int QUEUE_BYTES_MAX = 1 << 30;

  public SessionSettings {
    Setting.notNegative("fail-back-after", failBackAfter);
    Setting.positive("connect-timeout", connectTimeout);
    Setting.notNegative("read-timeout", readTimeout);
    Setting.positive("send-timeout", sendTimeout);
    Setting.notNegative("heartbeat-interval", heartbeatInterval);
    Setting.positive("heartbeat-timeout", heartbeatTimeout);
    Setting.notNegative("pool-check-interval", poolCheckInterval);
    Setting.positive("failover-timeout", failoverTimeout);
    Setting.between("attempts", attempts, 1, 1_000_000);
    Setting.positive("retry-delay", retryDelay);
    Setting.notNegative("move-spread", moveSpread);
    Setting.between("unread-max", unreadMax, 1, QUEUE_BYTES_MAX);
    Setting.between("unsent-max", unsentMax, 1, QUEUE_BYTES_MAX);
    if (!failBackAfter.isZero() && preferred.isNone()) {
      throw new IllegalArgumentException(
          "fail-back-after needs a preferred element, but is " + failBackAfter + " without one");
    }
  }

  /// The defaults of a profile; they differ in the heartbeat, which neither the RFCs know between
  /// users and elements nor rsplib answers.
  public static SessionSettings forProfile(Profile profile) {
    Duration heartbeat =
        switch (profile) {
          case STANDARD -> Duration.ofSeconds(1);
          case RFC, RSPLIB -> Duration.ZERO;
        };
    return new SessionSettings(
        SessionMode.AUTOMATIC,
        ElementId.NONE,
        Duration.ZERO,
        Duration.ofSeconds(1),
        Duration.ZERO,
        Duration.ofSeconds(10),
        heartbeat,
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        100,
        Duration.ofMillis(250),
        Duration.ofMillis(20),
        false,
        256 * 1024,
        256 * 1024);
  }

  /// A builder that starts with these values.
  public Builder toBuilder() {
    return new Builder(this);
  }

  /// Changes single values; every setter takes the component's meaning and unit.
  public static final class Builder {
    private SessionMode mode;
    private ElementId preferred;
    private Duration failBackAfter;
    private Duration connectTimeout;
    private Duration readTimeout;
    private Duration sendTimeout;
    private Duration heartbeatInterval;
    private Duration heartbeatTimeout;
    private Duration poolCheckInterval;
    private Duration failoverTimeout;
    private int attempts;
    private Duration retryDelay;
    private Duration moveSpread;
    private boolean endsOrderly;
    private int unreadMax;
    private int unsentMax;

    private Builder(SessionSettings from) {
      mode = from.mode;
      preferred = from.preferred;
      failBackAfter = from.failBackAfter;
      connectTimeout = from.connectTimeout;
      readTimeout = from.readTimeout;
      sendTimeout = from.sendTimeout;
      heartbeatInterval = from.heartbeatInterval;
      heartbeatTimeout = from.heartbeatTimeout;
      poolCheckInterval = from.poolCheckInterval;
      failoverTimeout = from.failoverTimeout;
      attempts = from.attempts;
      retryDelay = from.retryDelay;
      moveSpread = from.moveSpread;
      endsOrderly = from.endsOrderly;
      unreadMax = from.unreadMax;
      unsentMax = from.unsentMax;
    }

    /// Sets [SessionSettings#mode].
    public Builder mode(SessionMode value) {
      mode = value;
      return this;
    }

    /// Sets [SessionSettings#preferred].
    public Builder preferred(ElementId value) {
      preferred = value;
      return this;
    }

    /// Sets [SessionSettings#failBackAfter].
    public Builder failBackAfter(Duration value) {
      failBackAfter = value;
      return this;
    }

    /// Sets [SessionSettings#connectTimeout].
    public Builder connectTimeout(Duration value) {
      connectTimeout = value;
      return this;
    }

    /// Sets [SessionSettings#readTimeout].
    public Builder readTimeout(Duration value) {
      readTimeout = value;
      return this;
    }

    /// Sets [SessionSettings#sendTimeout].
    public Builder sendTimeout(Duration value) {
      sendTimeout = value;
      return this;
    }

    /// Sets [SessionSettings#heartbeatInterval].
    public Builder heartbeatInterval(Duration value) {
      heartbeatInterval = value;
      return this;
    }

    /// Sets [SessionSettings#heartbeatTimeout].
    public Builder heartbeatTimeout(Duration value) {
      heartbeatTimeout = value;
      return this;
    }

    /// Sets [SessionSettings#poolCheckInterval].
    public Builder poolCheckInterval(Duration value) {
      poolCheckInterval = value;
      return this;
    }

    /// Sets [SessionSettings#failoverTimeout].
    public Builder failoverTimeout(Duration value) {
      failoverTimeout = value;
      return this;
    }

    /// Sets [SessionSettings#attempts].
    public Builder attempts(int value) {
      attempts = value;
      return this;
    }

    /// Sets [SessionSettings#retryDelay].
    public Builder retryDelay(Duration value) {
      retryDelay = value;
      return this;
    }

    /// Sets [SessionSettings#moveSpread].
    public Builder moveSpread(Duration value) {
      moveSpread = value;
      return this;
    }

    /// Sets [SessionSettings#endsOrderly].
    public Builder endsOrderly(boolean value) {
      endsOrderly = value;
      return this;
    }

    /// Sets [SessionSettings#unreadMax].
    public Builder unreadMax(int value) {
      unreadMax = value;
      return this;
    }

    /// Sets [SessionSettings#unsentMax].
    public Builder unsentMax(int value) {
      unsentMax = value;
      return this;
    }

    /// The settings, checked.
    public SessionSettings build() {
      return new SessionSettings(
          mode,
          preferred,
          failBackAfter,
          connectTimeout,
          readTimeout,
          sendTimeout,
          heartbeatInterval,
          heartbeatTimeout,
          poolCheckInterval,
          failoverTimeout,
          attempts,
          retryDelay,
          moveSpread,
          endsOrderly,
          unreadMax,
          unsentMax);
    }
  }
}
