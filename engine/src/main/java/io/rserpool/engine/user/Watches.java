package io.rserpool.engine.user;

import io.rserpool.engine.DeadlineQueue.Deadline;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapHandleResolution;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The pools whose changes the application wants to hear of (RFC 5352 sections 2.2.5 and 2.2.6).
/// Where
/// the registrar accepts it pushes; the question is repeated now and then, since a registrar that
/// died
/// silently pushes nothing. Otherwise, and while there is no such pool, the pool is polled.
final class Watches {

  /// What the application was told last, in an order that does not depend on whose turn it is.
  private record Told(long policyType, List<PoolElementParameter> elements, boolean isPushed) {}

  private static final class Watch {
    final Deadline<Consumer<Turn>> due;
    boolean isPushed;
    @Nullable Told told;

    Watch(Deadline<Consumer<Turn>> due) {
      this.due = due;
    }
  }

  private final User user;
  private final Exchanges exchanges;
  private final Map<PoolHandle, Watch> watches = new LinkedHashMap<>();
  private final long refreshNs;
  private final long pollNs;

  Watches(User user, Exchanges exchanges) {
    this.user = user;
    this.exchanges = exchanges;
    UserSettings settings = user.settings;
    refreshNs = settings.subscriptionRefresh().toNanos();
    long staleNs = settings.staleCacheValue().toNanos();
    pollNs =
        Math.max(
            settings.resolutionRetryDelay().toNanos(),
            staleNs == 0 ? refreshNs : Math.min(staleNs, refreshNs));
  }

  boolean contains(PoolHandle handle) {
    return watches.containsKey(handle);
  }

  int size() {
    return watches.size();
  }

  /// The question that renews the subscription and lists the whole pool.
  AsapHandleResolution question(PoolHandle handle) {
    return new AsapHandleResolution(
        handle, user.settings.subscribe(), AsapHandleResolution.ALL_ITEMS);
  }

  void add(Turn turn, PoolHandle handle) {
    if (!contains(handle)) {
      watches.put(handle, new Watch(user.deadlines.create(later -> renew(later, handle))));
      renew(turn, handle);
    }
  }

  /// Ends a watch; a question without the S flag ends the subscription.
  void remove(Turn turn, PoolHandle handle) {
    Watch watch = watches.remove(handle);
    if (watch == null) {
      return;
    }
    user.deadlines.cancel(watch.due);
    Home home = user.home;
    if (home != null && user.settings.subscribe()) {
      // The answer may be taken for that of a new watch of the same pool, so it lists the whole
      // pool.
      turn.send(home, new AsapHandleResolution(handle, false, AsapHandleResolution.ALL_ITEMS));
    }
  }

  void clear() {
    watches.values().forEach(watch -> user.deadlines.cancel(watch.due));
    watches.clear();
  }

  /// Subscribes anew at the new home.
  void homeFound(Turn turn) {
    watches.keySet().forEach(handle -> renew(turn, handle));
  }

  /// Nobody pushes; the next home is asked as soon as it is found.
  void homeLost() {
    for (Watch watch : watches.values()) {
      watch.isPushed = false;
      user.deadlines.cancel(watch.due);
    }
  }

  /// The registrar has said what a pool is like; tells whether changes are pushed from now on.
  ///
  /// @param isAnswer whether it was asked; a push leaves the subscription as it is
  boolean answered(
      Turn turn,
      PoolHandle handle,
      Policy policy,
      List<PoolElementParameter> elements,
      boolean isAnswer,
      boolean updatesAccepted) {
    Watch watch = watches.get(handle);
    if (watch == null) {
      return false;
    }
    if (elements.isEmpty()) {
      watch.isPushed = false;
    } else if (isAnswer || updatesAccepted) {
      watch.isPushed = updatesAccepted && user.settings.subscribe();
    }
    schedule(turn, watch);
    Told now =
        new Told(
            policy.type(),
            elements.stream()
                .sorted(Comparator.comparing(PoolElementParameter::elementId))
                .toList(),
            watch.isPushed);
    if (!now.equals(watch.told)) {
      watch.told = now;
      elements.forEach(element -> user.named.add(handle, element.elementId()));
      turn.emit(new UserEvent.PoolChanged(handle, policy, elements, watch.isPushed));
    }
    return watch.isPushed;
  }

  /// Nobody answered.
  void unanswered(Turn turn, PoolHandle handle) {
    Watch watch = watches.get(handle);
    if (watch != null && user.home != null) {
      schedule(turn, watch);
    }
  }

  private void schedule(Turn turn, Watch watch) {
    user.deadlines.set(watch.due, turn.nowNs() + (watch.isPushed ? refreshNs : pollNs));
  }

  private void renew(Turn turn, PoolHandle handle) {
    if (user.home != null) {
      exchanges.ask(turn, new Subject.Resolution(handle), question(handle));
    }
  }
}
