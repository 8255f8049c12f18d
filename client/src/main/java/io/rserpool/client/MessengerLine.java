package io.rserpool.client;

import io.rserpool.client.PoolMessenger.Arrival;
import io.rserpool.engine.session.Loss;
import io.rserpool.engine.session.SessionNews;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A messenger's session with one element, with the virtual thread that opens it and then takes
/// what comes: messages, and what could not be delivered.
final class MessengerLine {

  /// Which element a line leads to.
  record Key(PoolHandle pool, ElementId element) {}

  /// What a line needs of its messenger.
  interface Owner {

    /// Opens a session with this element and no other.
    PoolSession connect(PoolHandle pool, PoolElementParameter element);

    /// Takes what came; may block.
    void arrived(Arrival arrival);

    /// Takes a message that the element was not given as a whole; may block.
    void unsent(MessengerLine line, Piece piece, Loss loss);

    /// Whether a line that was idle has been given up.
    boolean isRetired(MessengerLine line);

    /// The line is of no use any more.
    void ended(MessengerLine line);
  }

  private final Key key;
  private final PoolElementParameter element;
  private final Owner owner;
  private final long idleNs;
  private final CompletableFuture<PoolSession> session = new CompletableFuture<>();

  // Guarded by the table of lines.
  private int users;
  private long usedNs = System.nanoTime();

  MessengerLine(Key key, PoolElementParameter element, Owner owner, Duration idleAfter) {
    this.key = key;
    this.element = element;
    this.owner = owner;
    this.idleNs = idleAfter.toNanos();
  }

  Key key() {
    return key;
  }

  PoolElementParameter element() {
    return element;
  }

  void acquire() {
    users++;
  }

  void release() {
    users--;
    usedNs = System.nanoTime();
  }

  boolean isUnused() {
    return users == 0;
  }

  boolean isIdle() {
    return users == 0 && System.nanoTime() - usedNs >= idleNs;
  }

  void start() {
    Thread.ofVirtual().name("rserpool-messenger").start(this::run);
  }

  /// Gives the element a message, once it has answered; waits while it takes none.
  ///
  /// @throws SessionFailedException if it cannot be reached; it was not given the message
  void send(Piece piece) {
    try {
      session.get().send(piece);
    } catch (InterruptedException e) {
      throw InterruptedCallException.restoring("a session with element=" + key.element(), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SessionFailedException why
          ? why.again()
          : new SessionFailedException(
              "no session with pool=%s element=%s".formatted(key.pool(), key.element()),
              FailureSource.REFUSED,
              e);
    }
  }

  /// Ends the line; what was accepted is still handed over.
  void close() {
    var _ = session.thenAccept(open -> Thread.ofVirtual().start(() -> close(open)));
  }

  private static void close(PoolSession open) {
    try (open) {
      open.flush();
    } catch (RSerPoolException _) {
      // What was not handed over is given back.
    }
  }

  private void run() {
    PoolSession open;
    try {
      open = owner.connect(key.pool(), element);
    } catch (RSerPoolException e) {
      owner.ended(this);
      session.completeExceptionally(e);
      return;
    } catch (RuntimeException e) {
      owner.ended(this);
      session.completeExceptionally(e);
      throw e;
    }
    session.complete(open);
    try (open) {
      receive(open);
    } catch (SessionFailedException | ClosedException _) {
      // What was not handed over has come before.
    } finally {
      owner.ended(this);
    }
  }

  private void receive(PoolSession open) {
    while (true) {
      try {
        switch (open.nextNews(Duration.ofNanos(idleNs))) {
          case SessionNews.Data<Piece>(Piece piece, ElementId sender) ->
              owner.arrived(new Arrival.Received(key.pool(), sender, piece.rest()));
          case SessionNews.Unsent<Piece>(Piece piece, Loss loss) -> owner.unsent(this, piece, loss);
          case SessionNews.Ended<Piece> _ -> {
            return;
          }
          case SessionNews.FailoverNecessary<Piece> _,
              SessionNews.Moved<Piece> _,
              SessionNews.NewCookie<Piece> _,
              SessionNews.NewCard<Piece> _,
              SessionNews.PoolChanged<Piece> _,
              SessionNews.Over<Piece> _ -> {
            // Not asked for.
          }
        }
      } catch (CallTimeoutException _) {
        if (owner.isRetired(this)) {
          return;
        }
      }
    }
  }
}
