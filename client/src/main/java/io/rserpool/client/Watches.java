package io.rserpool.client;

import io.rserpool.engine.user.UserEvent;
import io.rserpool.engine.user.UserRequest;
import io.rserpool.protocol.PoolHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Shares one subscription at the registrar among all who watch the same pool, and keeps it for a
/// while when nobody does: who opens one session after another does not subscribe each time.
///
/// Listeners are called on the protocol's thread and must be quick. The lock is held for
/// bookkeeping only, never while a listener runs.
final class Watches {

  /// What is known of one watched pool.
  private static final class Watched {
    private final List<Consumer<Pool>> listeners = new ArrayList<>();
    private List<Pool> last = List.of();
    private int users;
  }

  private static final long LINGER_MS = 5_000;

  private final EngineCalls engine;
  private final Map<PoolHandle, Watched> watched = new HashMap<>();

  Watches(EngineCalls engine) {
    this.engine = engine;
  }

  /// Adds a listener; it hears the last known state at once, on the caller's thread, if there is
  /// one.
  Subscription add(PoolHandle handle, Consumer<Pool> listener) {
    List<Pool> present;
    synchronized (watched) {
      Watched pool = watched.get(handle);
      if (pool == null) {
        pool = new Watched();
        watched.put(handle, pool);
        engine.submit(id -> new UserRequest.Watch(id, handle), _ -> {});
      }
      pool.users++;
      pool.listeners.add(listener);
      present = pool.last;
    }
    present.forEach(listener);
    return () -> remove(handle, listener);
  }

  private void remove(PoolHandle handle, Consumer<Pool> listener) {
    synchronized (watched) {
      Watched pool = watched.get(handle);
      if (pool != null && pool.listeners.remove(listener) && pool.listeners.isEmpty()) {
        int users = pool.users;
        CompletableFuture.delayedExecutor(
                LINGER_MS, TimeUnit.MILLISECONDS, task -> Thread.ofVirtual().start(task))
            .execute(() -> endIfUnused(handle, pool, users));
      }
    }
  }

  /// Ends a subscription that nobody has used since.
  private void endIfUnused(PoolHandle handle, Watched pool, int users) {
    synchronized (watched) {
      if (pool.users == users && pool.listeners.isEmpty() && watched.remove(handle, pool)) {
        try {
          engine.submit(id -> new UserRequest.Unwatch(id, handle), _ -> {});
        } catch (ClosedException _) {
          // The subscription has ended with the pool user.
        }
      }
    }
  }

  /// Tells everybody. Called on the protocol's thread.
  void changed(UserEvent.PoolChanged event) {
    Pool now =
        new Pool(event.handle(), event.policy(), event.elements(), Duration.ZERO, event.pushed());
    List<Consumer<Pool>> listeners;
    synchronized (watched) {
      Watched pool = watched.get(event.handle());
      if (pool == null) {
        return;
      }
      pool.last = List.of(now);
      listeners = List.copyOf(pool.listeners);
    }
    listeners.forEach(listener -> listener.accept(now));
  }
}
