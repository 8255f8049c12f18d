package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.session.Loss;
import io.rserpool.engine.session.SendOption;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Sends single messages to pools, each to the element that the policy chooses, or to the last one,
/// a certain one, or all of them (`data_send_request` of RFC 5352 section 6.5), and receives what
/// their elements send back.
///
/// There is one connection to each element in use, opened by the first message and closed when
/// nothing has gone over it for a while. Messages to one element keep their order as long as it
/// does not fail, unless a message is unordered ([UserMessage#isUnordered]) and the transport can
/// do that. Over plain TCP, which keeps no messages, the receiver has to find out for itself where
/// one ends.
///
/// **What a failure does.** A message for which no element could be reached is refused: [#send]
/// throws and nothing was sent. A message that was accepted, but not handed to the element's
/// connection as a whole before that broke, goes to another element from its beginning
/// ([SendOption#FAILOVER]), or comes back as an [Arrival.ErrorReport] ([SendOption#NO_FAILOVER],
/// and where no other element could be reached). What was handed over and not read by the element
/// is lost without a word: who needs an answer asks for one.
///
/// **Threads.** Safe for use by many threads. Every call may block, and may be interrupted without
/// harm. What comes has to be received: an element whose messages nobody takes is held back, and
/// may then take no more itself.
public final class PoolMessenger implements AutoCloseable {

  /// What [PoolMessenger#receive()] gives.
  public sealed interface Arrival {

    /// A message came (`data.received` of RFC 5352 section 6.6).
    ///
    /// @param pool the sender's pool
    /// @param sender the element that sent it
    /// @param message what came; over plain TCP a piece of a byte stream
    record Received(PoolHandle pool, ElementId sender, UserMessage message) implements Arrival {}

    /// A message could not be delivered, and no other element was to get it, or could be reached
    /// (`error.report` of RFC 5352 section 6.7).
    ///
    /// @param pool where it was to go
    /// @param element the element that was to get it
    /// @param message as it was sent
    /// @param source what told of the failure
    /// @param reason the same in words, for people
    record ErrorReport(
        PoolHandle pool,
        ElementId element,
        UserMessage message,
        FailureSource source,
        String reason)
        implements Arrival {}
  }

  /// How a messenger behaves; for one thread.
  public static final class Builder {
    private final PoolUser user;
    private SessionOptions options = SessionOptions.defaults();
    private int linesMax = 64;
    private Duration idleAfter = Duration.ofSeconds(30);
    private List<MessengerLine.Key> self = List.of();

    private Builder(PoolUser user) {
      this.user = user;
    }

    /// Times and limits of the connections; mode, listener and notices do not count here.
    ///
    /// @param newOptions times and limits
    /// @return this builder
    public Builder options(SessionOptions newOptions) {
      options = newOptions;
      return this;
    }

    /// How many connections are kept, 1 or more; 64 by default. Those in use at once may be more.
    ///
    /// @param newConnectionsMax how many
    /// @return this builder
    public Builder connectionsMax(int newConnectionsMax) {
      if (newConnectionsMax < 1) {
        throw new IllegalArgumentException(
            "a messenger keeps 1 connection or more, not " + newConnectionsMax);
      }
      linesMax = newConnectionsMax;
      return this;
    }

    /// After how long without a message a connection is closed, more than zero; 30 s by default.
    ///
    /// @param newIdleAfter the time
    /// @return this builder
    public Builder idleAfter(Duration newIdleAfter) {
      if (newIdleAfter.isNegative() || newIdleAfter.isZero()) {
        throw new IllegalArgumentException(
            "the time after which a connection is idle is positive, but this is " + newIdleAfter);
      }
      idleAfter = newIdleAfter;
      return this;
    }

    /// The own element, for users that are one: [PoolMessenger#sendToAll] leaves it out.
    ///
    /// @param pool the pool
    /// @param element the element
    /// @return this builder
    public Builder self(PoolHandle pool, ElementId element) {
      self = List.of(new MessengerLine.Key(pool, element));
      return this;
    }

    /// Opens the messenger. Nobody is called before there is a message.
    ///
    /// @return the messenger
    public PoolMessenger open() {
      return open(user::call);
    }

    PoolMessenger open(Caller caller) {
      return new PoolMessenger(this, caller);
    }
  }

  private final PoolUser user;
  private final List<MessengerLine.Key> self;
  private final MessengerLines lines;
  private final MessengerInbox inbox = new MessengerInbox();
  private final LastElements last = new LastElements();

  private PoolMessenger(Builder from, Caller caller) {
    user = from.user;
    self = from.self;
    SessionOptions options =
        from.options.toBuilder()
            .mode(FailoverMode.NONE)
            .listener((_, _) -> {})
            .opensAnyway(false)
            .preferred(ElementId.NONE)
            .failBackAfter(Duration.ZERO)
            .attempts(1)
            .endsOrderly(true)
            .notices(Set.of(SessionNotice.UNSENT))
            .build();
    lines = new MessengerLines(from.linesMax, from.idleAfter, new Owner(options, caller));
  }

  /// {@return a messenger to be opened}
  ///
  /// @param user whose pools are used
  public static Builder builder(PoolUser user) {
    return new Builder(user);
  }

  /// Sends a message to the element that the pool's policy chooses, or to another one if that
  /// cannot be reached: [#send(PoolHandle, UserMessage, SendOption)] with [SendOption#FAILOVER].
  ///
  /// @param pool the pool
  /// @param message what is sent
  /// @return the element that was given the message
  public ElementId send(PoolHandle pool, UserMessage message) {
    return send(pool, message, SendOption.FAILOVER);
  }

  /// Sends a message to the element that the pool's policy chooses (RFC 5352 section 6.5.1); each
  /// message is a choice of its own. Waits until the element's connection has accepted it.
  ///
  /// @param pool the pool
  /// @param message what is sent
  /// @param option whether other elements are tried if that one cannot be reached, and whether one
  ///     of
  ///     them is given the message if it fails before the message was handed over
  /// @return the element that was given the message
  /// @throws SessionFailedException if no element could be reached
  /// @throws UnknownPoolException if there is no such pool
  /// @throws NoRegistrarException if no registrar answered
  public ElementId send(PoolHandle pool, UserMessage message, SendOption option) {
    return deliver(pool, List.of(), message, option);
  }

  /// As [#send(PoolHandle, UserMessage, SendOption)], to the element that got the last message to
  /// this pool (ASAP_SEND_TO_LAST of RFC 5352 section 6.5.5); the first one is chosen by the
  /// policy.
  ///
  /// @param pool the pool
  /// @param message what is sent
  /// @param option what becomes of it when the element fails
  /// @return the element that was given the message: another one if that has failed, and the option
  ///     allows it
  public ElementId sendToLast(PoolHandle pool, UserMessage message, SendOption option) {
    ElementId former = last.of(pool);
    return former.isNone() ? send(pool, message, option) : sendTo(pool, former, message, option);
  }

  /// As [#send(PoolHandle, UserMessage, SendOption)], to a certain element: a message to a PE
  /// handle (RFC 5352 section 6.5.3).
  ///
  /// @param pool the pool
  /// @param element the element
  /// @param message what is sent
  /// @param option what becomes of it when the element fails
  /// @return the element that was given the message: another one if that has failed or is not in
  ///     the
  ///     pool, and the option allows it
  public ElementId sendTo(
      PoolHandle pool, ElementId element, UserMessage message, SendOption option) {
    List<PoolElementParameter> wanted =
        lines
            .element(new MessengerLine.Key(pool, element))
            .or(() ->
                user.resolve(pool).elements().stream()
                    .filter(one -> one.elementId().equals(element))
                    .findFirst())
            .stream()
            .toList();
    if (wanted.isEmpty() && option == SendOption.NO_FAILOVER) {
      throw new SessionFailedException(
          "pool=%s has no element=%s".formatted(pool, element), FailureSource.PUSHED_REMOVAL);
    }
    return deliver(pool, wanted, message, option);
  }

  /// Sends a copy to every element of the pool except the own one (ASAP_SEND_TO_ALL of RFC 5352
  /// section 6.5.5). Copies that an element could not be given come back as [Arrival.ErrorReport].
  ///
  /// @param pool the pool
  /// @param message what is sent
  /// @param toSelf whether the own element gets one, too (ASAP_SEND_TO_SELF)
  /// @return the elements that were given the message
  /// @throws UnknownPoolException if there is no such pool
  /// @throws NoRegistrarException if no registrar answered
  public List<ElementId> sendToAll(PoolHandle pool, UserMessage message, boolean toSelf) {
    List<ElementId> given = new ArrayList<>();
    for (PoolElementParameter element : user.resolve(pool).elements()) {
      if (!toSelf && self.contains(new MessengerLine.Key(pool, element.elementId()))) {
        continue;
      }
      try {
        lines.send(pool, element, Piece.single(message, SendOption.NO_FAILOVER));
        given.add(element.elementId());
      } catch (SessionFailedException e) {
        inbox.put(
            new Arrival.ErrorReport(
                pool, element.elementId(), message, e.source(), String.valueOf(e.getMessage())));
      }
    }
    return List.copyOf(given);
  }

  /// Gives one element a message.
  ///
  /// @param wanted whom to try first
  private ElementId deliver(
      PoolHandle pool, List<PoolElementParameter> wanted, UserMessage message, SendOption option) {
    Set<ElementId> tried = new HashSet<>();
    Optional<PoolElementParameter> next =
        wanted.isEmpty() ? choose(pool, tried) : Optional.of(wanted.getFirst());
    while (true) {
      PoolElementParameter element = next.orElseThrow();
      tried.add(element.elementId());
      try {
        lines.send(pool, element, Piece.single(message, option));
        last.put(pool, element.elementId());
        return element.elementId();
      } catch (SessionFailedException e) {
        next = option == SendOption.FAILOVER ? choose(pool, tried) : Optional.empty();
        if (next.isEmpty()) {
          throw e;
        }
      }
    }
  }

  /// The element that the policy chooses, or any one that was not tried.
  private Optional<PoolElementParameter> choose(PoolHandle pool, Set<ElementId> tried) {
    PoolElementParameter chosen = user.select(pool);
    return tried.contains(chosen.elementId())
        ? user.resolve(pool).elements().stream()
            .filter(one -> !tried.contains(one.elementId()))
            .findFirst()
        : Optional.of(chosen);
  }

  /// Takes what comes next, waiting for it.
  ///
  /// @return what came
  public Arrival receive() {
    return receive(Channel.FOREVER);
  }

  /// As [#receive()], for at most so long.
  ///
  /// @param timeout how long to wait at most
  /// @return what came
  /// @throws CallTimeoutException if nothing came in time
  public Arrival receive(Duration timeout) {
    return inbox.take(timeout.toNanos());
  }

  /// How many connections there are, for tests.
  int connections() {
    return lines.size();
  }

  /// Ends all connections, after what was accepted has been handed over; what comes yet is dropped.
  /// Wakes who receives with [ClosedException].
  @Override
  public void close() {
    inbox.close();
    lines.close();
  }

  /// What the lines ask of their messenger.
  private final class Owner implements MessengerLine.Owner {
    private final SessionOptions options;
    private final Caller caller;

    private Owner(SessionOptions options, Caller caller) {
      this.options = options;
      this.caller = caller;
    }

    @Override
    public PoolSession connect(PoolHandle pool, PoolElementParameter element) {
      return user.connect(
          pool, new PoolSession.Start(List.of(element), List.of()), options, caller);
    }

    @Override
    public void arrived(Arrival arrival) {
      inbox.put(arrival);
    }

    @Override
    public void unsent(MessengerLine line, Piece piece, Loss loss) {
      PoolHandle pool = line.key().pool();
      if (piece.wish() == SendOption.FAILOVER && !inbox.isClosed()) {
        try {
          deliver(pool, List.of(), piece.whole(), SendOption.FAILOVER);
          return;
        } catch (RSerPoolException _) {
          // Nobody else takes it, either.
        }
      }
      inbox.put(
          new Arrival.ErrorReport(
              pool,
              line.key().element(),
              piece.whole(),
              Failure.sourceOf(loss.source()),
              loss.reason()));
    }

    @Override
    public boolean isRetired(MessengerLine line) {
      return lines.retires(line);
    }

    @Override
    public void ended(MessengerLine line) {
      lines.ended(line);
    }
  }
}
