package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.session.Loss;
import io.rserpool.engine.session.SendOption;
import io.rserpool.engine.session.SessionNews;
import io.rserpool.engine.session.UserSession;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapBusinessCard;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A conversation with a pool: messages over SCTP, or bytes over TCP, to and from one of its
/// elements, and to and from another one when that fails.
///
/// **Who notices a failure.** The connection ends or breaks; nothing is heard for the read time-out
/// or taken for the send time-out; the registrar pushes that the element is out of its pool; the
/// application calls [#fail]. The element is then reported to the registrar (unless that is who
/// told), and by the session's [FailoverMode] the session moves to another element, waits for
/// [#failover], or ends.
///
/// **What is kept.** Bytes arrive in the order in which one element sent them, and no receive
/// returns bytes of two elements; [#sender] tells whose the last ones were. What came before the
/// failure is delivered before anything of the new element. A message that [#send] accepted and
/// that was not yet handed to the old connection as a whole is sent to the new element from its
/// beginning, in order (mode AUTOMATIC; in MANUAL it is dropped).
///
/// **What may be lost or doubled.** Bytes that were handed to the old connection are gone with it
/// if the old element had not read them; the session cannot know. The message that was half handed
/// over reaches the new element as a whole, so the old one may have seen its beginning. An
/// application that needs an answer repeats what it has no answer for: in the [FailoverListener],
/// or after [#failover].
///
/// **Messages.** Over SCTP each [#send] is one message of at most 256 KiB, with a payload protocol
/// identifier and a stream, and [#receiveMessage] gives messages as they were sent. Over TCP there
/// are bytes only.
///
/// **Cookies.** Over SCTP an element may leave the state of the conversation with the session, as a
/// cookie (RFC 5352 section 3.8). The session keeps the newest one and gives it to the next element
/// before anything else, so that this one goes on where the other has stopped. Where a cookie belongs
/// to one request and not to the whole conversation, [#beginRequest] says which cookies are of use.
///
/// **Threads.** Every call blocks its thread, virtual or not, and may be interrupted without harm
/// to the session. One thread may send while another one receives. [#close] wakes all of them with
/// [ClosedException].
public final class PoolSession implements AutoCloseable {

  /// How long [#close] goes on handing over what was sent before.
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  /// How long [#close] waits for the channel's own end, which has a limit of its own.
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  private final PoolUser user;
  private final PoolHandle handle;
  private final SessionOptions options;
  private final Consumer<PoolSession> onClosed;
  private final SessionHost host;
  private final UserSession<Piece> engine;
  private final SessionEnding ending;
  private final SessionInput input;
  private final SessionOutput output;
  private volatile Subscription watch = () -> {};

  /// Where a session begins.
  ///
  /// @param only the one element that comes into question; none for any of the pool
  /// @param order a card that tells whom to turn to first; none if there is no such wish
  record Start(List<PoolElementParameter> only, List<AsapBusinessCard> order) {
    /// As the policy has it.
    static final Start ANYWHERE = new Start(List.of(), List.of());
  }

  PoolSession(
      PoolUser user,
      PoolHandle handle,
      Start start,
      SessionOptions options,
      Caller caller,
      Consumer<PoolSession> onClosed) {
    this.user = user;
    this.handle = handle;
    this.options = options;
    this.onClosed = onClosed;
    String who = "session with pool=" + handle;
    engine =
        new UserSession<>(
            handle,
            user.settings(options),
            new SplittableRandom(ThreadLocalRandom.current().nextLong()));
    SessionGreeter greeter = new SessionGreeter(this, options.listener());
    SessionErrands errands = new SessionErrands(user, handle, start.only(), caller, greeter);
    host = new SessionHost(who, engine, user.clock(), errands);
    ending = new SessionEnding(who, engine, errands, greeter);
    input = new SessionInput(host, greeter, ending, options.notices());
    output = new SessionOutput(host, greeter, ending, options.payloadProtocolId());
  }

  /// Finds the first element.
  void open(Start start) {
    try {
      host.step((session, now, out) -> {
        options.card().forEach(card -> session.present(now, card));
        start.order().forEach(session::follow);
        session.open(now, options.opensAnyway(), out);
      });
      if (options.watchesPool()) {
        watch = user.watchQuickly(handle, this::poolChanged);
      }
      awaitMoved(options.opensAnyway());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Called on the protocol's thread.
  private void poolChanged(Pool pool) {
    host.step((session, now, out) ->
        session.poolChanged(now, pool.elements(), pool.isWhole(), pool.pushed(), out));
  }

  /// Waits until the session has an element, or never will have.
  private void awaitMoved(boolean isFailedEnough) {
    host.lock();
    try {
      while (isOnTheWay()) {
        host.await(Long.MAX_VALUE, "an element", () -> !isOnTheWay());
      }
      if (!isFailedEnough || engine.phase() != UserSession.Phase.FAILED) {
        ending.requireUsable();
      }
    } finally {
      host.unlock();
    }
  }

  private boolean isOnTheWay() {
    return engine.phase() == UserSession.Phase.MOVING
        || engine.phase() == UserSession.Phase.GREETING;
  }

  /// {@return the pool}
  public PoolHandle handle() {
    return handle;
  }

  /// {@return the element that serves now, or served last}
  ///
  /// @throws IllegalStateException if there was none yet
  public PoolElementParameter element() {
    return ask(engine::element)
        .orElseThrow(() -> new IllegalStateException(this + " has no element yet"));
  }

  private <T> T ask(Supplier<T> question) {
    host.lock();
    try {
      return question.get();
    } finally {
      host.unlock();
    }
  }

  /// {@return the element that sent what the last receive returned; [ElementId#NONE] before the
  /// first one}
  public ElementId sender() {
    return input.sender();
  }

  /// Sends a message. Returns when the session has accepted it, which may be before it is on its
  /// way; waits while the session moves to another element, and while the element takes nothing.
  ///
  /// @param message what is sent
  /// @throws SessionFailedException as the mode has it; the message was then not accepted
  /// @throws IllegalStateException after [#endOutput]
  /// @throws IllegalArgumentException if the message is too long for a transport that keeps
  ///     messages
  public void send(byte[] message) {
    output.send(message, 0, message.length);
  }

  /// As [#send(byte[])], with an identifier and a stream of its own, for transports that carry
  /// them. An empty message is not sent.
  ///
  /// @param message what is sent
  /// @throws IllegalArgumentException if the identifier is 11, which is the control channel's
  public void send(UserMessage message) {
    send(message, SendOption.FAILOVER);
  }

  /// As [#send(UserMessage)], and says what becomes of the message when the element fails before it
  /// was handed over as a whole (RFC 5352 section 6.5.5): [SendOption#FAILOVER] gives it to the
  /// next element, from its beginning and in order, as the other sends do; [SendOption#NO_FAILOVER]
  /// never does, and gives it back as [SessionEvent.Unsent] if the options ask for that notice.
  ///
  /// @param message what is sent
  /// @param option what becomes of it when the element fails
  public void send(UserMessage message, SendOption option) {
    output.send(message, option);
  }

  /// As [#send(UserMessage, SendOption)].
  void send(Piece piece) {
    output.send(piece);
  }

  /// As [#next(Duration)], with everything that is known of it.
  SessionNews<Piece> nextNews(Duration timeout) {
    return input.nextNews(timeout.toNanos());
  }

  /// Waits until everything that was sent is handed to the element's connection.
  public void flush() {
    output.flush();
  }

  /// Tells the element, after everything that was sent, that no more comes. The end of the
  /// element's own stream is then the orderly end of the session. SCTP ends in both directions at
  /// once: there the element is told nothing before [#close].
  public void endOutput() {
    output.end();
  }

  /// Receives what is there, waiting for at least one byte.
  ///
  /// @param buffer takes the bytes; not empty
  /// @return how many bytes, or -1 if the element has ended the session in order
  /// @throws SessionFailedException as the mode has it
  public int receive(byte[] buffer) {
    return receive(buffer, Channel.FOREVER);
  }

  /// As [#receive(byte[])], for at most so long.
  ///
  /// @param buffer takes the bytes; not empty
  /// @param timeout how long to wait at most
  /// @return how many bytes, or -1 if the element has ended the session in order
  /// @throws CallTimeoutException if nothing came in time; the session is unharmed
  public int receive(byte[] buffer, Duration timeout) {
    return input.receive(buffer, 0, buffer.length, timeout.toNanos());
  }

  /// Receives the next whole message, or what [#receive(byte[])] has left of it. Over plain TCP,
  /// which keeps no messages, that is the next piece of the stream.
  ///
  /// @return empty if the element has ended the session in order
  /// @throws SessionFailedException as the mode has it
  public Optional<UserMessage> receiveMessage() {
    return receiveMessage(Channel.FOREVER);
  }

  /// As [#receiveMessage()], for at most so long.
  ///
  /// @param timeout how long to wait at most
  /// @return the message; empty if the element has ended the session in order
  /// @throws CallTimeoutException if nothing came in time; the session is unharmed
  public Optional<UserMessage> receiveMessage(Duration timeout) {
    return input.receiveMessage(timeout.toNanos());
  }

  /// Takes what comes next, waiting for it: data, or one of the notices that the options ask for.
  /// What the receiving methods take is not given here, and they pass over notices.
  ///
  /// @return what came
  /// @throws SessionFailedException as the mode has it, after everything that came before the
  ///     failure
  public SessionEvent next() {
    return next(Channel.FOREVER);
  }

  /// As [#next()], for at most so long.
  ///
  /// @param timeout how long to wait at most
  /// @return what came
  /// @throws CallTimeoutException if nothing came in time; the session is unharmed
  public SessionEvent next(Duration timeout) {
    return input.next(timeout.toNanos());
  }

  /// {@return the newest business card that an element of the session has given: which pool it is
  /// of, and in which order users are to turn to its elements (RFC 5352 section 3.9)} The session
  /// itself follows it; [PoolUser#connect(AsapBusinessCard, SessionOptions)] opens a session
  /// towards that pool.
  public Optional<AsapBusinessCard> card() {
    return ask(engine::card);
  }

  /// {@return whether an element has given the session a cookie, which the next element will get:
  /// what was agreed with this one then goes on there (RFC 5352 section 3.8)}
  public boolean hasCookie() {
    return ask(engine::cookie).isPresent();
  }

  /// Begins a request, in protocols of requests and answers whose cookies belong to one request: what
  /// was asked before is done, and if the element fails now, the next one is not given a cookie of
  /// that. To be called when the last answer was taken as a whole, before the next request is sent.
  ///
  /// The cookie so far is forgotten. From then on cookies count again once data has come, after
  /// something was sent. An element that answers before it gives a cookie, as it should, is therefore
  /// never asked to go on with a request that was done: not even if its last cookie arrives after
  /// this call, or after the next request is on its way. A cookie that comes before the first data of
  /// an answer does not count: then the request has to be sent again, as if there were none.
  ///
  /// Where a move has brought the cookie to another element already, that element has it, and
  /// [Failover#cookieEchoed] has told so.
  public void beginRequest() {
    host.step((session, _, _) -> session.beginRequest());
  }

  /// Drops everything that came and was not read; in a [FailoverListener] only what came from the
  /// former element.
  public void discardReceived() {
    input.discard();
  }

  /// {@return the session as a stream to read} Its reads throw what [#receive] throws, unchecked,
  /// never an [java.io.IOException]. Closing it closes nothing.
  public InputStream input() {
    return new SessionStreams.Input(input);
  }

  /// {@return the session as a stream to write} Its writes throw what [#send] throws, unchecked,
  /// never an [java.io.IOException]; flushing it is [#flush], closing it is [#endOutput].
  public OutputStream output() {
    return new SessionStreams.Output(output);
  }

  /// Takes the present element for failed, because of something that only the application can see.
  /// Does nothing if it has failed already.
  ///
  /// @param reason for people
  public void fail(String reason) {
    host.step((session, now, out) -> session.fail(now, reason, out));
  }

  /// Moves the session to another element and waits until it is there. Mode [FailoverMode#MANUAL]
  /// only; an element that has not failed is taken for failed.
  ///
  /// @return what happened; if the session was opened without an element
  ///     ([SessionOptions.Builder#opensAnyway]), the first one counts as the old one, too
  /// @throws SessionFailedException if the limits of the options were reached; the session is over,
  ///     unless it never had an element: then this may be called again
  /// @throws IllegalStateException if the mode is another one, or the session is moving already, or
  ///     the
  ///     element has ended it in order
  public Failover failover() {
    if (options.mode() != FailoverMode.MANUAL) {
      throw new IllegalStateException(this + ": failover is for mode MANUAL");
    }
    Optional<Loss> why = beginFailover();
    awaitMoved(false);
    return ask(() -> move(why));
  }

  private Optional<Loss> beginFailover() {
    host.lock();
    try {
      ending.requireMovable();
      Optional<Loss> why = engine.loss();
      host.tell((session, now, out) -> {
        if (!session.failover(now, out)) {
          throw new IllegalStateException(this + " is moving already, or has ended in order");
        }
      });
      return why;
    } finally {
      host.unlock();
    }
  }

  private Failover move(Optional<Loss> why) {
    PoolElementParameter element = engine.element().orElseThrow();
    return engine
        .lastMove()
        .map(Failover::of)
        .orElseGet(() -> Failover.first(element, why.orElseThrow()));
  }

  /// Ends the session; what was sent before goes out first, for at most a second. Never throws.
  @Override
  public void close() {
    watch.close();
    host.close(CLOSE_LIMIT.toNanos(), END_LIMIT.toNanos());
    onClosed.accept(this);
  }

  @Override
  public String toString() {
    return "session with pool=" + handle;
  }
}
