package io.rserpool.services.fractal;

import io.rserpool.client.Failover;
import io.rserpool.client.InterruptedCallException;
import io.rserpool.client.PoolUser;
import io.rserpool.client.RSerPoolException;
import io.rserpool.client.SessionOptions;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.user.Conversation;
import io.rserpool.services.user.SessionConversation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Computes one large picture through several sessions with a fractal pool at once, each on a
/// virtual thread of its own.
///
/// Every tile is requested from one element at a time. When that fails, whether killed, frozen or
/// out of its senses, the session moves to another element. That goes on from the last cookie, or,
/// without one, is asked for the whole tile: no tile is lost, none is drawn twice.
public final class FractalPicture {

  /// An element sends something every second while it computes, so this silence is none of those.
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

  private final PoolUser user;
  private final PoolHandle handle;
  private final SessionOptions options;
  private final PictureRequest request;
  private final Canvas canvas;
  private final Queue<RuntimeException> problems = new ConcurrentLinkedQueue<>();

  private FractalPicture(
      PoolUser user,
      PoolHandle handle,
      PictureRequest request,
      SessionOptions options,
      PictureListener listener) {
    this.user = user;
    this.handle = handle;
    this.request = request;
    this.options = options;
    this.canvas = new Canvas(request, listener);
  }

  /// Session options that suit: a server that is silent for three seconds has failed.
  public static SessionOptions options() {
    return SessionOptions.builder().readTimeout(READ_TIMEOUT).build();
  }

  /// Computes and waits.
  ///
  /// @param options limits of the sessions; the mode is always [FailoverMode#MANUAL]
  /// @throws RSerPoolException if tiles are missing when no session can go on
  /// @throws InterruptedCallException if interrupted; all sessions are ended
  public static Picture compute(
      PoolUser user,
      PoolHandle handle,
      PictureRequest request,
      SessionOptions options,
      PictureListener listener) {
    return new FractalPicture(user, handle, request, options, listener).compute();
  }

  private Picture compute() {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < request.sessions(); i++) {
      int session = i;
      threads.add(Thread.ofVirtual().name("fractal-" + session).start(() -> work(session)));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      throw InterruptedCallException.restoring("a picture", e);
    }
    if (!canvas.isComplete()) {
      throw problems.remove();
    }
    return canvas.toPicture();
  }

  private void work(int number) {
    Optional<Tile> tile = canvas.take();
    if (tile.isEmpty()) {
      return;
    }
    try (Worker worker = new Worker(number)) {
      while (tile.isPresent()) {
        worker.draw(tile.get());
        tile = canvas.take();
      }
    } catch (RuntimeException e) {
      // Another session takes the tile over, if one can go on.
      tile.ifPresent(canvas::giveBack);
      problems.add(e);
    }
  }

  private Conversation open() {
    return SessionConversation.open(user, handle, options, FractalMessage.PPID);
  }

  /// One session at work.
  private final class Worker implements AutoCloseable {
    private final int number;
    private final Conversation conversation = open();
    private Optional<Failover> lastMove = Optional.empty();

    Worker(int number) {
      this.number = number;
    }

    /// Draws one tile, by as many elements as it takes.
    void draw(Tile tile) {
      // A cookie belongs to one tile.
      conversation.beginRequest();
      TileReader reader = new TileReader(tile, request.parameterOf(tile));
      reader.begin(conversation);
      int filledBefore = 0;
      while (!reader.read(conversation, this::noteFirstResult)) {
        move(reader, !reader.wasBad() && reader.filled() > filledBefore);
        filledBefore = reader.filled();
      }
      canvas.complete(tile, reader.values(), conversation.element());
    }

    /// A cookie from which nothing came may be what is wrong: then the tile begins anew without it.
    private void move(TileReader reader, boolean isCookieGood) {
      if (!isCookieGood) {
        conversation.beginRequest();
      }
      Failover failover = conversation.failover();
      lastMove = Optional.of(failover);
      canvas.movedOver(number, failover);
      if (!failover.cookieEchoed()) {
        reader.begin(conversation);
      }
    }

    private void noteFirstResult() {
      lastMove.ifPresent(
          failover -> canvas.firstResult(new Move(number, failover, System.nanoTime())));
      lastMove = Optional.empty();
    }

    @Override
    public void close() {
      conversation.close();
    }
  }
}
