package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A conversation with a pool: messages over SCTP, or bytes over TCP, to and from one of its elements, and to and from
/// another one when that fails.
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
/// before anything else, so that this one goes on where the other has stopped.
///
/// **Threads.** Every call blocks its thread, virtual or not, and may be interrupted without harm
/// to the session. One thread may send while another one receives. [#close] wakes all of them with
/// [ClosedException].
public final class PoolSession implements AutoCloseable {

  /// How long [#close] goes on handing over what was sent before.
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final PoolUser user;
  private final PoolHandle handle;
  private final SessionOptions options;
  private final Caller caller;
  private final Consumer<PoolSession> onClosed;
  private final SessionState state;
  private final RemovalSense removal;
  private volatile Subscription watch = () -> {};

  PoolSession(
      PoolUser user,
      PoolHandle handle,
      SessionOptions options,
      Caller caller,
      Consumer<PoolSession> onClosed) {
    this.user = user;
    this.handle = handle;
    this.options = options;
    this.caller = caller;
    this.onClosed = onClosed;
    this.state = new SessionState("session with pool=" + handle, options, this::elementFailed);
    this.removal = new RemovalSense(caller, options.connectTimeout(), state);
  }

  /// Finds the first element.
  void open() {
    try {
      if (options.watchesPool()) {
        watch = user.watchQuickly(handle, removal::changed);
      }
      startMove(Mover::connect);
      state.awaitMoved();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void elementFailed(Link link, Failure failure, boolean startsMove) {
    if (failure.source() != FailureSource.PUSHED_REMOVAL) {
      user.reportSoon(handle, link.element().elementId());
    }
    if (startsMove) {
      startMove(mover -> mover.move(link.element(), failure));
    }
  }

  private void startMove(Consumer<Mover> what) {
    Mover mover = new Mover(this, state, user, options, caller, removal);
    Thread.ofVirtual().name("rserpool-session-move").start(() -> what.accept(mover));
  }

  /// The pool.
  public PoolHandle handle() {
    return handle;
  }

  /// The element that serves now, or served last.
  public PoolElementParameter element() {
    Link link = state.link();
    if (link == null) {
      throw new IllegalStateException(this + " has no element yet");
    }
    return link.element();
  }

  /// The element that sent what the last receive returned; [ElementId#NONE] before the first one.
  public ElementId sender() {
    return state.input().sender();
  }

  /// Sends a message. Returns when the session has accepted it, which may be before it is on its
  /// way; waits while the session moves to another element, and while the element takes nothing.
  ///
  /// @throws SessionFailedException as the mode has it; the message was then not accepted
  /// @throws IllegalStateException after [#endOutput]
  /// @throws IllegalArgumentException if the message is too long for a transport that keeps messages
  public void send(byte[] message) {
    state.output().send(message, 0, message.length);
  }

  /// As [#send(byte[])], with an identifier and a stream of its own, for transports that carry them.
  /// An empty message is not sent.
  ///
  /// @throws IllegalArgumentException if the identifier is 11, which is the control channel's
  public void send(UserMessage message) {
    state.output().send(message);
  }

  /// Waits until everything that was sent is handed to the element's connection.
  public void flush() {
    state.output().flush();
  }

  /// Tells the element, after everything that was sent, that no more comes. The end of the
  /// element's own stream is then the orderly end of the session. SCTP ends in both directions at
  /// once: there the element is told nothing before [#close].
  public void endOutput() {
    state.output().end();
  }

  /// Receives what is there, waiting for at least one byte.
  ///
  /// @return how many bytes, or -1 if the element has ended the session in order
  /// @throws SessionFailedException as the mode has it
  public int receive(byte[] buffer) {
    return receive(buffer, Channel.FOREVER);
  }

  /// As [#receive(byte[])], for at most so long.
  ///
  /// @throws CallTimeoutException if nothing came in time; the session is unharmed
  public int receive(byte[] buffer, Duration timeout) {
    return state.input().receive(buffer, 0, buffer.length, timeout.toNanos());
  }

  /// Receives the next whole message, or what [#receive(byte[])] has left of it. Over plain TCP, which
  /// keeps no messages, that is the next piece of the stream.
  ///
  /// @return empty if the element has ended the session in order
  /// @throws SessionFailedException as the mode has it
  public Optional<UserMessage> receiveMessage() {
    return receiveMessage(Channel.FOREVER);
  }

  /// As [#receiveMessage()], for at most so long.
  ///
  /// @throws CallTimeoutException if nothing came in time; the session is unharmed
  public Optional<UserMessage> receiveMessage(Duration timeout) {
    return state.input().receiveMessage(timeout.toNanos());
  }

  /// Whether an element has given the session a cookie, which the next element will get: what was
  /// agreed with this one then goes on there (RFC 5352 section 3.8).
  public boolean hasCookie() {
    return state.input().cookie().isPresent();
  }

  /// Drops everything that came and was not read; in a [FailoverListener] only what came from the
  /// former element.
  public void discardReceived() {
    state.input().discard();
  }

  /// The session as a stream to read. Its reads throw what [#receive] throws, unchecked, never an
  /// [java.io.IOException]. Closing it closes nothing.
  public InputStream input() {
    return new SessionStreams.Input(state.input());
  }

  /// The session as a stream to write. Its writes throw what [#send] throws, unchecked, never an
  /// [java.io.IOException]; flushing it is [#flush], closing it is [#endOutput].
  public OutputStream output() {
    return new SessionStreams.Output(state.output());
  }

  /// Takes the present element for failed, because of something that only the application can see.
  /// Does nothing if it has failed already.
  ///
  /// @param reason for people
  public void fail(String reason) {
    state.fail(FailureSource.APPLICATION, reason);
  }

  /// Moves the session to another element and waits until it is there. Mode [FailoverMode#MANUAL]
  /// only; an element that has not failed is taken for failed.
  ///
  /// @return what happened
  /// @throws SessionFailedException if the limits of the options were reached; the session is over
  public Failover failover() {
    if (options.mode() != FailoverMode.MANUAL) {
      throw new IllegalStateException(this + ": failover is for mode MANUAL");
    }
    Link failed = state.link();
    Failure why = state.beginMove();
    if (failed == null) {
      throw new IllegalStateException(this + " has no element yet");
    }
    startMove(mover -> mover.move(failed.element(), why));
    @Nullable Failover move = state.awaitMoved();
    if (move == null) {
      throw new IllegalStateException(this + " moved without a move");
    }
    return move;
  }

  /// Ends the session; what was sent before goes out first, for at most a second. Never throws.
  @Override
  public void close() {
    watch.close();
    state.close(CLOSE_LIMIT);
    Link link = state.link();
    if (link != null) {
      link.channel().close();
    }
    onClosed.accept(this);
  }

  @Override
  public String toString() {
    return "session with pool=" + handle;
  }
}
