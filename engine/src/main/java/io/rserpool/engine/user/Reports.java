package io.rserpool.engine.user;

import io.rserpool.engine.DeadlineQueue.Deadline;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells the home registrar of elements that could not be reached, once per event (RFC 5352 section
/// 3.5) and not more often than a token bucket per pool allows (RFC 5355 section 2.13.3).
final class Reports {

  private record Failed(PoolHandle handle, ElementId elementId) {}

  private static final class Pending {
    final List<UserRequest.Report> callers = new ArrayList<>();
    final Deadline<Consumer<Turn>> end;

    Pending(Deadline<Consumer<Turn>> end) {
      this.end = end;
    }
  }

  private final User user;
  private final long intervalNs;
  private final long burstNs;

  /// When the bucket of a pool is full again, per pool; full ones are forgotten.
  private final Map<PoolHandle, Long> fullAtNs = new LinkedHashMap<>();

  private final Map<Failed, Pending> pending = new LinkedHashMap<>();
  private int waiting;

  Reports(User user) {
    this.user = user;
    intervalNs = user.settings.reportInterval().toNanos();
    burstNs = intervalNs * user.settings.reportBurst();
  }

  /// How many requests wait for a registrar.
  int waiting() {
    return waiting;
  }

  /// Reports at once, or when there is a home again.
  void report(Turn turn, UserRequest.Report request) {
    Failed failed = new Failed(request.handle(), request.elementId());
    Pending same = pending.get(failed);
    if (same != null) {
      same.callers.add(request);
      waiting++;
    } else if (!takeToken(turn.nowNs(), request.handle())) {
      turn.reply(
          request,
          new UserResult.Unavailable(
              "pool %s element %s is not reported: more than %d reports on this pool in a short time"
                  .formatted(request.handle(), request.elementId(), user.settings.reportBurst())));
    } else if (user.home == null) {
      Pending first = new Pending(user.deadlines.create(later -> giveUp(later, failed)));
      first.callers.add(request);
      waiting++;
      pending.put(failed, first);
      user.deadlines.set(first.end, turn.nowNs() + user.patienceNs());
    } else {
      send(turn, user.home, failed, List.of(request));
    }
  }

  /// Sends what waits for a home.
  void homeFound(Turn turn, Home home) {
    pending.forEach((failed, entry) -> {
      user.deadlines.cancel(entry.end);
      send(turn, home, failed, entry.callers);
    });
    pending.clear();
    waiting = 0;
  }

  /// Answers everything that waits.
  void clear(Turn turn, String reason) {
    pending
        .values()
        .forEach(entry -> {
          user.deadlines.cancel(entry.end);
          answer(turn, entry, reason);
        });
    pending.clear();
    waiting = 0;
  }

  private void giveUp(Turn turn, Failed failed) {
    @Nullable Pending entry = pending.remove(failed);
    if (entry != null) {
      waiting -= entry.callers.size();
      answer(turn, entry, "no registrar was found to take the report");
    }
  }

  private static void answer(Turn turn, Pending entry, String reason) {
    entry.callers.forEach(caller -> turn.reply(caller, new UserResult.Unavailable(reason)));
  }

  private static void send(Turn turn, Home home, Failed failed, List<UserRequest.Report> callers) {
    turn.send(home, new AsapEndpointUnreachable(failed.handle(), failed.elementId()));
    turn.emit(new UserEvent.ElementReported(failed.handle(), failed.elementId()));
    callers.forEach(caller -> turn.reply(caller, new UserResult.Done()));
  }

  /// A bucket is the time at which it is full again: each report moves that by one interval, and it
  /// may be one burst away at most.
  private boolean takeToken(long nowNs, PoolHandle handle) {
    fullAtNs.values().removeIf(at -> at <= nowNs);
    long fullNs = fullAtNs.getOrDefault(handle, nowNs);
    boolean isAllowed = fullNs + intervalNs - nowNs <= burstNs;
    boolean hasRoom = fullAtNs.containsKey(handle) || fullAtNs.size() < user.settings.cacheMax();
    if (isAllowed && hasRoom) {
      fullAtNs.put(handle, fullNs + intervalNs);
      return true;
    }
    return false;
  }
}
