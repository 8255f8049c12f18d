package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.protocol.ElementId;
import java.time.Duration;

/// How a [PoolSession] behaves. A value; start with [#defaults] and change what differs.
///
/// @param mode who moves the session when its element fails
/// @param listener told of every move
/// @param preferred this element if it is in the pool (the same one again), or [ElementId#NONE]
/// @param connectTimeout how long the call of one element may take
/// @param readTimeout a read that hears nothing for so long takes the element for failed; zero
///     waits for ever (the registrar's word still ends the wait)
/// @param sendTimeout an element that takes nothing for so long is taken for failed
/// @param failoverTimeout how long a move may take in all, tries and pauses included, and how long
///     sends and receives wait for it
/// @param attempts how many elements one move tries at most
/// @param retryDelay the pause after the pool was empty, no registrar answered, or every element of
///     the pool was tried
/// @param watchesPool whether the registrar's word that the element is out of its pool counts
/// @param endsOrderly whether the element may end the session: the end of its stream is then the
///     end of the session, not a failure
/// @param payloadProtocolId what the session says it speaks with bytes that it sends, where the
///     transport carries that: an unsigned 32-bit number, 0 for nothing; 11 is ASAP itself
public record SessionOptions(
    FailoverMode mode,
    FailoverListener listener,
    ElementId preferred,
    Duration connectTimeout,
    Duration readTimeout,
    Duration sendTimeout,
    Duration failoverTimeout,
    int attempts,
    Duration retryDelay,
    boolean watchesPool,
    boolean endsOrderly,
    long payloadProtocolId) {

  private static final SessionOptions DEFAULTS =
      new SessionOptions(
          FailoverMode.AUTOMATIC,
          (_, _) -> {},
          ElementId.NONE,
          Duration.ofSeconds(1),
          Duration.ZERO,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          100,
          Duration.ofMillis(250),
          true,
          false,
          0);

  public SessionOptions {
    requirePositive("connect time-out", connectTimeout);
    requirePositive("send time-out", sendTimeout);
    requirePositive("failover time-out", failoverTimeout);
    requirePositive("retry delay", retryDelay);
    if (readTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "a read time-out is zero or more, but this is " + readTimeout);
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("a move tries 1 element or more, not " + attempts);
    }
    if (payloadProtocolId < 0
        || payloadProtocolId > 0xffff_ffffL
        || payloadProtocolId == Channel.CONTROL_PAYLOAD_PROTOCOL) {
      throw new IllegalArgumentException(
          "the payload protocol identifier of data is 0 to 4294967295, but not 11, which is ASAP's;"
              + " this is "
              + payloadProtocolId);
    }
  }

  private static void requirePositive(String what, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("a " + what + " is positive, but this is " + value);
    }
  }

  /// Automatic moves, within 30 seconds and 100 elements.
  public static SessionOptions defaults() {
    return DEFAULTS;
  }

  /// Options to be changed, starting with the defaults.
  public static Builder builder() {
    return new Builder(DEFAULTS);
  }

  /// Options to be changed, starting with these.
  public Builder toBuilder() {
    return new Builder(this);
  }

  /// Collects what differs. For one thread.
  public static final class Builder {
    private FailoverMode mode;
    private FailoverListener listener;
    private ElementId preferred;
    private Duration connectTimeout;
    private Duration readTimeout;
    private Duration sendTimeout;
    private Duration failoverTimeout;
    private int attempts;
    private Duration retryDelay;
    private boolean watchesPool;
    private boolean endsOrderly;
    private long payloadProtocolId;

    private Builder(SessionOptions from) {
      mode = from.mode;
      listener = from.listener;
      preferred = from.preferred;
      connectTimeout = from.connectTimeout;
      readTimeout = from.readTimeout;
      sendTimeout = from.sendTimeout;
      failoverTimeout = from.failoverTimeout;
      attempts = from.attempts;
      retryDelay = from.retryDelay;
      watchesPool = from.watchesPool;
      endsOrderly = from.endsOrderly;
      payloadProtocolId = from.payloadProtocolId;
    }

    /// Who moves the session.
    public Builder mode(FailoverMode newMode) {
      mode = newMode;
      return this;
    }

    /// Who is told of every move.
    public Builder listener(FailoverListener newListener) {
      listener = newListener;
      return this;
    }

    /// The element to have if it is in the pool.
    public Builder preferred(ElementId newPreferred) {
      preferred = newPreferred;
      return this;
    }

    /// The limit for calling one element.
    public Builder connectTimeout(Duration newConnectTimeout) {
      connectTimeout = newConnectTimeout;
      return this;
    }

    /// The silence after which a waiting read takes the element for failed; zero for none.
    public Builder readTimeout(Duration newReadTimeout) {
      readTimeout = newReadTimeout;
      return this;
    }

    /// How long an element may take nothing of what is sent.
    public Builder sendTimeout(Duration newSendTimeout) {
      sendTimeout = newSendTimeout;
      return this;
    }

    /// The limit for one move, and for waiting for it.
    public Builder failoverTimeout(Duration newFailoverTimeout) {
      failoverTimeout = newFailoverTimeout;
      return this;
    }

    /// How many elements one move tries at most.
    public Builder attempts(int newAttempts) {
      attempts = newAttempts;
      return this;
    }

    /// The pause when there is nothing better to try.
    public Builder retryDelay(Duration newRetryDelay) {
      retryDelay = newRetryDelay;
      return this;
    }

    /// Whether the registrar's word counts.
    public Builder watchesPool(boolean newWatchesPool) {
      watchesPool = newWatchesPool;
      return this;
    }

    /// Whether the element may end the session.
    public Builder endsOrderly(boolean newEndsOrderly) {
      endsOrderly = newEndsOrderly;
      return this;
    }

    /// What is spoken, for those transports that carry it.
    public Builder payloadProtocolId(long newPayloadProtocolId) {
      payloadProtocolId = newPayloadProtocolId;
      return this;
    }

    /// The options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public SessionOptions build() {
      return new SessionOptions(
          mode,
          listener,
          preferred,
          connectTimeout,
          readTimeout,
          sendTimeout,
          failoverTimeout,
          attempts,
          retryDelay,
          watchesPool,
          endsOrderly,
          payloadProtocolId);
    }
  }
}
