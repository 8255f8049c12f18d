package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.engine.session.SessionMode;
import io.rserpool.engine.session.SessionSettings;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapBusinessCard;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How a [PoolSession] behaves. A value; start with [#defaults] and change what differs. Times and
/// limits that are not set are those of the scope's profile
/// ([SessionSettings#forProfile]).
public final class SessionOptions {

  private enum Time {
    CONNECT_TIMEOUT("connect time-out", true),
    READ_TIMEOUT("read time-out", false),
    SEND_TIMEOUT("send time-out", true),
    HEARTBEAT_INTERVAL("heartbeat interval", false),
    HEARTBEAT_TIMEOUT("heartbeat time-out", true),
    POOL_CHECK_INTERVAL("pool check interval", false),
    FAILOVER_TIMEOUT("failover time-out", true),
    RETRY_DELAY("retry delay", true),
    MOVE_SPREAD("spread of moves", false),
    FAIL_BACK_AFTER("time before a fail-back", false);

    private final String text;
    private final boolean isPositive;

    Time(String text, boolean isPositive) {
      this.text = text;
      this.isPositive = isPositive;
    }

    private void check(Duration value) {
      if (value.isNegative() || (isPositive && value.isZero())) {
        throw new IllegalArgumentException(
            "a %s is %s, but this is %s"
                .formatted(text, isPositive ? "positive" : "zero or more", value));
      }
    }
  }

  private static final SessionOptions DEFAULTS = new SessionOptions(new Builder());

  private final FailoverMode mode;
  private final FailoverListener listener;
  private final ElementId preferred;
  private final Map<Time, Duration> times;
  private final int attempts;
  private final boolean watchesPool;
  private final boolean endsOrderly;
  private final boolean opensAnyway;
  private final long payloadProtocolId;
  private final Set<SessionNotice> notices;
  private final List<AsapBusinessCard> card;

  private SessionOptions(Builder from) {
    mode = from.mode;
    listener = from.listener;
    preferred = from.preferred;
    times = new EnumMap<>(from.times);
    attempts = from.attempts;
    watchesPool = from.watchesPool;
    endsOrderly = from.endsOrderly;
    opensAnyway = from.opensAnyway;
    payloadProtocolId = from.payloadProtocolId;
    notices = EnumSet.copyOf(from.notices);
    card = from.card;
  }

  /// Automatic moves, and otherwise what the scope's profile says.
  ///
  /// @return the options
  public static SessionOptions defaults() {
    return DEFAULTS;
  }

  /// {@return options to be changed, starting with the defaults}
  public static Builder builder() {
    return new Builder();
  }

  /// {@return options to be changed, starting with these}
  public Builder toBuilder() {
    return new Builder(this);
  }

  /// {@return who moves the session when its element fails}
  public FailoverMode mode() {
    return mode;
  }

  FailoverListener listener() {
    return listener;
  }

  boolean watchesPool() {
    return watchesPool;
  }

  boolean opensAnyway() {
    return opensAnyway;
  }

  long payloadProtocolId() {
    return payloadProtocolId;
  }

  Set<SessionNotice> notices() {
    return notices;
  }

  /// The own business card, if there is one.
  List<AsapBusinessCard> card() {
    return card;
  }

  /// {@return what a session with these options does in a scope of a profile}
  ///
  /// @param profile the profile of a scope
  public SessionSettings settings(Profile profile) {
    SessionSettings base = SessionSettings.forProfile(profile);
    return new SessionSettings(
        sessionMode(),
        preferred,
        time(Time.FAIL_BACK_AFTER, base.failBackAfter()),
        time(Time.CONNECT_TIMEOUT, base.connectTimeout()),
        time(Time.READ_TIMEOUT, base.readTimeout()),
        time(Time.SEND_TIMEOUT, base.sendTimeout()),
        time(Time.HEARTBEAT_INTERVAL, base.heartbeatInterval()),
        time(Time.HEARTBEAT_TIMEOUT, base.heartbeatTimeout()),
        time(Time.POOL_CHECK_INTERVAL, base.poolCheckInterval()),
        time(Time.FAILOVER_TIMEOUT, base.failoverTimeout()),
        attempts == 0 ? base.attempts() : attempts,
        time(Time.RETRY_DELAY, base.retryDelay()),
        time(Time.MOVE_SPREAD, base.moveSpread()),
        endsOrderly,
        base.unreadMax(),
        base.unsentMax());
  }

  private Duration time(Time which, Duration base) {
    return times.getOrDefault(which, base);
  }

  private SessionMode sessionMode() {
    return switch (mode) {
      case AUTOMATIC -> SessionMode.AUTOMATIC;
      case MANUAL -> SessionMode.MANUAL;
      case NONE -> SessionMode.NONE;
    };
  }

  /// Collects what differs. For one thread. Every method throws [IllegalArgumentException] if the
  /// value is out of its range.
  public static final class Builder {
    private FailoverMode mode = FailoverMode.AUTOMATIC;
    private FailoverListener listener = (_, _) -> {};
    private ElementId preferred = ElementId.NONE;
    private final Map<Time, Duration> times = new EnumMap<>(Time.class);
    private int attempts;
    private boolean watchesPool = true;
    private boolean endsOrderly;
    private boolean opensAnyway;
    private long payloadProtocolId;
    private Set<SessionNotice> notices = EnumSet.noneOf(SessionNotice.class);
    private List<AsapBusinessCard> card = List.of();

    private Builder() {}

    private Builder(SessionOptions from) {
      mode = from.mode;
      listener = from.listener;
      preferred = from.preferred;
      times.putAll(from.times);
      attempts = from.attempts;
      watchesPool = from.watchesPool;
      endsOrderly = from.endsOrderly;
      opensAnyway = from.opensAnyway;
      payloadProtocolId = from.payloadProtocolId;
      notices = from.notices;
      card = from.card;
    }

    private Builder set(Time which, Duration value) {
      which.check(value);
      times.put(which, value);
      return this;
    }

    /// Who moves the session when its element fails; by default the session itself.
    ///
    /// @param newMode the mode
    /// @return this builder
    public Builder mode(FailoverMode newMode) {
      mode = newMode;
      return this;
    }

    /// Who is told of every move, and greets the new element.
    ///
    /// @param newListener who is told
    /// @return this builder
    public Builder listener(FailoverListener newListener) {
      listener = newListener;
      return this;
    }

    /// The element to have if it is in the pool, or [ElementId#NONE].
    ///
    /// @param newPreferred the element
    /// @return this builder
    public Builder preferred(ElementId newPreferred) {
      preferred = newPreferred;
      return this;
    }

    /// How long the preferred element has to be in the pool again before the session goes back to
    /// it; zero for never.
    ///
    /// @param newFailBackAfter the time
    /// @return this builder
    public Builder failBackAfter(Duration newFailBackAfter) {
      return set(Time.FAIL_BACK_AFTER, newFailBackAfter);
    }

    /// The limit for calling one element, more than zero.
    ///
    /// @param newConnectTimeout the time
    /// @return this builder
    public Builder connectTimeout(Duration newConnectTimeout) {
      return set(Time.CONNECT_TIMEOUT, newConnectTimeout);
    }

    /// The silence after which a waiting receive takes the element for failed; zero for none, and
    /// then the registrar's word and the heartbeat end the wait.
    ///
    /// @param newReadTimeout the time
    /// @return this builder
    public Builder readTimeout(Duration newReadTimeout) {
      return set(Time.READ_TIMEOUT, newReadTimeout);
    }

    /// How long an element may take nothing of what is sent, more than zero.
    ///
    /// @param newSendTimeout the time
    /// @return this builder
    public Builder sendTimeout(Duration newSendTimeout) {
      return set(Time.SEND_TIMEOUT, newSendTimeout);
    }

    /// After how long a silence the element is asked for a sign of life, where there is a control
    /// channel (ASAP_ENDPOINT_KEEP_ALIVE, RFC 5352 section 2.2.7); zero for never.
    ///
    /// @param newHeartbeatInterval the time
    /// @return this builder
    public Builder heartbeatInterval(Duration newHeartbeatInterval) {
      return set(Time.HEARTBEAT_INTERVAL, newHeartbeatInterval);
    }

    /// How long the answer to that may take, more than zero.
    ///
    /// @param newHeartbeatTimeout the time
    /// @return this builder
    public Builder heartbeatTimeout(Duration newHeartbeatTimeout) {
      return set(Time.HEARTBEAT_TIMEOUT, newHeartbeatTimeout);
    }

    /// How often the pool is looked at where the registrar pushes no changes; zero for never.
    ///
    /// @param newPoolCheckInterval the time
    /// @return this builder
    public Builder poolCheckInterval(Duration newPoolCheckInterval) {
      return set(Time.POOL_CHECK_INTERVAL, newPoolCheckInterval);
    }

    /// The limit for one move with all its tries and pauses, and so for the sends and receives that
    /// wait for it; more than zero.
    ///
    /// @param newFailoverTimeout the time
    /// @return this builder
    public Builder failoverTimeout(Duration newFailoverTimeout) {
      return set(Time.FAILOVER_TIMEOUT, newFailoverTimeout);
    }

    /// How many elements one move tries at most, 1 or more.
    ///
    /// @param newAttempts how many
    /// @return this builder
    public Builder attempts(int newAttempts) {
      if (newAttempts < 1) {
        throw new IllegalArgumentException("a move tries 1 element or more, not " + newAttempts);
      }
      attempts = newAttempts;
      return this;
    }

    /// The pause after the pool was empty, no registrar answered, or every element was tried; more
    /// than zero.
    ///
    /// @param newRetryDelay the time
    /// @return this builder
    public Builder retryDelay(Duration newRetryDelay) {
      return set(Time.RETRY_DELAY, newRetryDelay);
    }

    /// Where the registrar's word moves many sessions at once, each waits for a random part of this
    /// first; zero for none.
    ///
    /// @param newMoveSpread the time
    /// @return this builder
    public Builder moveSpread(Duration newMoveSpread) {
      return set(Time.MOVE_SPREAD, newMoveSpread);
    }

    /// Whether the registrar's word that the element is out of its pool counts; it does by default.
    ///
    /// @param newWatchesPool whether it is so
    /// @return this builder
    public Builder watchesPool(boolean newWatchesPool) {
      watchesPool = newWatchesPool;
      return this;
    }

    /// Whether the element may end the session: the end of its stream is then the end of the
    /// session, not a failure, which it is by default.
    ///
    /// @param newEndsOrderly whether it is so
    /// @return this builder
    public Builder endsOrderly(boolean newEndsOrderly) {
      endsOrderly = newEndsOrderly;
      return this;
    }

    /// Whether a session of mode [FailoverMode#MANUAL] is opened even if no element can be reached,
    /// as `rsp_connect` of the API draft does: it waits for [PoolSession#failover] then. By default
    /// opening it fails.
    ///
    /// @param newOpensAnyway whether it is so
    /// @return this builder
    public Builder opensAnyway(boolean newOpensAnyway) {
      opensAnyway = newOpensAnyway;
      return this;
    }

    /// What the session says it speaks with bytes that it sends, where the transport carries that:
    /// an unsigned 32-bit number, 0 for nothing; 11 is ASAP itself.
    ///
    /// @param newPayloadProtocolId the identifier
    /// @return this builder
    public Builder payloadProtocolId(long newPayloadProtocolId) {
      if (newPayloadProtocolId < 0
          || newPayloadProtocolId > 0xffff_ffffL
          || newPayloadProtocolId == Channel.CONTROL_PAYLOAD_PROTOCOL) {
        throw new IllegalArgumentException(
            "the payload protocol identifier of data is 0 to 4294967295, but not 11, which is"
                + " ASAP's; this is "
                + newPayloadProtocolId);
      }
      payloadProtocolId = newPayloadProtocolId;
      return this;
    }

    /// Which notices [PoolSession#next] gives besides data; none by default.
    ///
    /// @param newNotices which ones
    /// @return this builder
    public Builder notices(Set<SessionNotice> newNotices) {
      Set<SessionNotice> all = EnumSet.noneOf(SessionNotice.class);
      all.addAll(newNotices);
      notices = all;
      return this;
    }

    /// The own business card, for users that are pool elements themselves: every element of the
    /// session is given it, where there is a control channel, so that it can turn to the user's own
    /// pool (RFC 5352 section 3.9).
    ///
    /// @param newCard the card
    /// @return this builder
    public Builder businessCard(AsapBusinessCard newCard) {
      card = List.of(newCard);
      return this;
    }

    /// {@return the options}
    ///
    /// @throws IllegalArgumentException if they contradict each other
    public SessionOptions build() {
      if (opensAnyway && mode != FailoverMode.MANUAL) {
        throw new IllegalArgumentException(
            "only a session of mode MANUAL is opened without an element, but this is " + mode);
      }
      return new SessionOptions(this);
    }
  }
}
