package io.rserpool.net;

import io.rserpool.net.gate.GateLimits;
import java.time.Duration;

/// Limits and timers of TCP associations. The defaults are those of profile `standard`; each bounds
/// what one slow or hostile peer can cost.
///
/// @param sendQueueBytesMax bytes that may wait for a peer; one that lets more wait is aborted
/// @param drainTimeout how long bytes may wait without any of them leaving; then the peer is
///     aborted
/// @param messageBytesMax the largest message that is read, at most 65,535
/// @param messageTimeout how long the rest of a message may take to come once it has begun
/// @param firstMessageTimeout how long an accepted association may stay silent before its first
///     message. One on which this node itself has sent something may be silent for ever: then a failure
///     is the engine's to detect
/// @param silentPerAddressMax accepted associations of one address without a message yet, at once
/// @param silentMax the same of all addresses together
/// @param associationsMax accepted associations at once
/// @param connectionsPerSecond new connections of one address, in the long run
/// @param connectionsBurst new connections of one address in a burst
/// @param limitLoopback whether connections from the own machine are limited as well
/// @param connectTimeout how long one call of one address may take
/// @param connectStagger how long a call waits for one address of a peer before it tries the next
///     one
///     beside it (RFC 8305 section 5)
/// @param userTimeout how long sent data may stay unacknowledged, where the system can be told so
public record TcpOptions(
    int sendQueueBytesMax,
    Duration drainTimeout,
    int messageBytesMax,
    Duration messageTimeout,
    Duration firstMessageTimeout,
    int silentPerAddressMax,
    int silentMax,
    int associationsMax,
    int connectionsPerSecond,
    int connectionsBurst,
    boolean limitLoopback,
    Duration connectTimeout,
    Duration connectStagger,
    Duration userTimeout) {

  private static final TcpOptions DEFAULTS = builder().build();

  public TcpOptions {
    atLeast("sendQueueBytesMax", 1_024, sendQueueBytesMax);
    atLeast("messageBytesMax", 4, messageBytesMax);
    if (messageBytesMax > 65_535) {
      throw new IllegalArgumentException(
          "messageBytesMax is at most 65535, but this is " + messageBytesMax);
    }
    atLeast("silentPerAddressMax", 1, silentPerAddressMax);
    atLeast("silentMax", 1, silentMax);
    atLeast("associationsMax", 1, associationsMax);
    atLeast("connectionsPerSecond", 1, connectionsPerSecond);
    atLeast("connectionsBurst", 1, connectionsBurst);
    positive("drainTimeout", drainTimeout);
    positive("messageTimeout", messageTimeout);
    positive("firstMessageTimeout", firstMessageTimeout);
    positive("connectTimeout", connectTimeout);
    positive("connectStagger", connectStagger);
    positive("userTimeout", userTimeout);
  }

  /// The limits of profile `standard`.
  public static TcpOptions defaults() {
    return DEFAULTS;
  }

  /// Starts from these.
  public Builder toBuilder() {
    return new Builder()
        .sendQueueBytesMax(sendQueueBytesMax)
        .drainTimeout(drainTimeout)
        .messageBytesMax(messageBytesMax)
        .messageTimeout(messageTimeout)
        .firstMessageTimeout(firstMessageTimeout)
        .silentPerAddressMax(silentPerAddressMax)
        .silentMax(silentMax)
        .associationsMax(associationsMax)
        .connectionsPerSecond(connectionsPerSecond)
        .connectionsBurst(connectionsBurst)
        .limitLoopback(limitLoopback)
        .connectTimeout(connectTimeout)
        .connectStagger(connectStagger)
        .userTimeout(userTimeout);
  }

  /// Starts from the defaults.
  public static Builder builder() {
    return new Builder();
  }

  /// What bounds the connections that peers open.
  GateLimits gateLimits() {
    return new GateLimits(
        connectionsPerSecond,
        connectionsBurst,
        silentPerAddressMax,
        silentMax,
        associationsMax,
        limitLoopback);
  }

  private static void atLeast(String name, int least, int given) {
    if (given < least) {
      throw new IllegalArgumentException(name + " is at least " + least + ", but this is " + given);
    }
  }

  private static void positive(String name, Duration given) {
    if (given.toMillis() < 1 || given.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          name + " is a time from 1 ms to 24 days, but this is " + given);
    }
  }

  /// Collects what differs from the defaults.
  public static final class Builder {
    private int sendQueueBytesMax = 1 << 20;
    private Duration drainTimeout = Duration.ofSeconds(5);
    private int messageBytesMax = 65_535;
    private Duration messageTimeout = Duration.ofSeconds(5);
    private Duration firstMessageTimeout = Duration.ofSeconds(5);
    private int silentPerAddressMax = 64;
    private int silentMax = 1_024;
    private int associationsMax = 65_536;
    private int connectionsPerSecond = 50;
    private int connectionsBurst = 200;
    private boolean limitLoopback;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration connectStagger = Duration.ofMillis(250);
    private Duration userTimeout = Duration.ofSeconds(5);

    private Builder() {}

    /// Bytes that may wait for a peer.
    public Builder sendQueueBytesMax(int value) {
      sendQueueBytesMax = value;
      return this;
    }

    /// How long they may wait without any of them leaving.
    public Builder drainTimeout(Duration value) {
      drainTimeout = value;
      return this;
    }

    /// The largest message that is read.
    public Builder messageBytesMax(int value) {
      messageBytesMax = value;
      return this;
    }

    /// How long a message may take once it has begun.
    public Builder messageTimeout(Duration value) {
      messageTimeout = value;
      return this;
    }

    /// How long an accepted association may stay silent at first.
    public Builder firstMessageTimeout(Duration value) {
      firstMessageTimeout = value;
      return this;
    }

    /// Silent associations of one address.
    public Builder silentPerAddressMax(int value) {
      silentPerAddressMax = value;
      return this;
    }

    /// Silent associations of all addresses.
    public Builder silentMax(int value) {
      silentMax = value;
      return this;
    }

    /// Accepted associations at once.
    public Builder associationsMax(int value) {
      associationsMax = value;
      return this;
    }

    /// New connections of one address each second.
    public Builder connectionsPerSecond(int value) {
      connectionsPerSecond = value;
      return this;
    }

    /// New connections of one address in a burst.
    public Builder connectionsBurst(int value) {
      connectionsBurst = value;
      return this;
    }

    /// Whether the own machine is limited as well.
    public Builder limitLoopback(boolean value) {
      limitLoopback = value;
      return this;
    }

    /// How long one call of one address may take.
    public Builder connectTimeout(Duration value) {
      connectTimeout = value;
      return this;
    }

    /// How long to wait for one address before trying the next one as well.
    public Builder connectStagger(Duration value) {
      connectStagger = value;
      return this;
    }

    /// How long sent data may stay unacknowledged.
    public Builder userTimeout(Duration value) {
      userTimeout = value;
      return this;
    }

    /// Checks everything.
    public TcpOptions build() {
      return new TcpOptions(
          sendQueueBytesMax,
          drainTimeout,
          messageBytesMax,
          messageTimeout,
          firstMessageTimeout,
          silentPerAddressMax,
          silentMax,
          associationsMax,
          connectionsPerSecond,
          connectionsBurst,
          limitLoopback,
          connectTimeout,
          connectStagger,
          userTimeout);
    }
  }
}
