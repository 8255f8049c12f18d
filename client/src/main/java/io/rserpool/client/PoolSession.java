package io.rserpool.client;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A conversation with a pool: bytes over TCP to and from one of its elements, and to and from
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
/// **Threads.** Every call blocks its thread, virtual or not, and may be interrupted without harm
/// to the session. One thread may send while another one receives. [#close] wakes all of them with
/// [ClosedException].
public final class PoolSession implements AutoCloseable {

  /// How long [#close] goes on handing over what was sent before.
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final PoolUser user;
  private final PoolHandle handle;
  private final SessionOptions options;
  private final Consumer<PoolSession> onClosed;
  private final Connector connector = new TcpConnector();
  private final SessionState state;
  private final RemovalSense removal;
  private volatile Subscription watch = () -> {};

  PoolSession(
      PoolUser user, PoolHandle handle, SessionOptions options, Consumer<PoolSession> onClosed) {
    this.user = user;
    this.handle = handle;
    this.options = options;
    this.onClosed = onClosed;
    this.state = new SessionState("session with pool=" + handle, options, this::elementFailed);
    this.removal = new RemovalSense(connector, options.connectTimeout(), state);
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
    Mover mover = new Mover(this, state, user, options, connector, removal);
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
    return state.traffic().sender();
  }

  /// Sends a message. Returns when the session has accepted it, which may be before it is on its
  /// way; waits while the session moves to another element, and while the element takes nothing.
  ///
  /// @throws SessionFailedException as the mode has it; the message was then not accepted
  /// @throws IllegalStateException after [#endOutput]
  public void send(byte[] message) {
    state.traffic().send(message, 0, message.length);
  }

  /// Waits until everything that was sent is handed to the element's connection.
  public void flush() {
    state.traffic().flush();
  }

  /// Tells the element, after everything that was sent, that no more comes. The end of the
  /// element's own stream is then the orderly end of the session.
  public void endOutput() {
    state.traffic().endOutput();
  }

  /// Receives what is there, waiting for at least one byte.
  ///
  /// @return how many bytes, or -1 if the element has ended the session in order
  /// @throws SessionFailedException as the mode has it
  public int receive(byte[] buffer) {
    return receive(buffer, Duration.ofNanos(Long.MAX_VALUE));
  }

  /// As [#receive(byte[])], for at most so long.
  ///
  /// @throws CallTimeoutException if nothing came in time; the session is unharmed
  public int receive(byte[] buffer, Duration timeout) {
    return state.traffic().receive(buffer, 0, buffer.length, timeout.toNanos());
  }

  /// Drops everything that came and was not read; in a [FailoverListener] only what came from the
  /// former element.
  public void discardReceived() {
    state.traffic().discardReceived();
  }

  /// The session as a stream to read. Its reads throw what [#receive] throws, unchecked, never an
  /// [java.io.IOException]. Closing it closes nothing.
  public InputStream input() {
    return new SessionStreams.Input(state.traffic());
  }

  /// The session as a stream to write. Its writes throw what [#send] throws, unchecked, never an
  /// [java.io.IOException]; flushing it is [#flush], closing it is [#endOutput].
  public OutputStream output() {
    return new SessionStreams.Output(state.traffic());
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
      link.connection().close();
    }
    onClosed.accept(this);
  }

  @Override
  public String toString() {
    return "session with pool=" + handle;
  }
}
