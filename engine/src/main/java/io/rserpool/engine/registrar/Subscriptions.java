package io.rserpool.engine.registrar;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// Dynamic updates (RFC 5352 sections 2.2.5 and 2.2.6): users that asked for them get the present
/// answer whenever the pool changes, the first change at once and later ones after a gap, together.
/// Pushes never advance the state of the policy. A pool that becomes empty is told once, and that
/// ends
/// its subscriptions.
final class Subscriptions implements PoolListener {

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final Answers answers;
  private final boolean isOn;
  private final int perAssociation;
  private final int max;
  private final long gapNs;
  private final HashMap<PoolHandle, SequencedMap<Association, Subscription>> byPool =
      new HashMap<>();
  private final SequencedSet<PoolHandle> changedPools = new LinkedHashSet<>();
  private int size;
  private long pushes;

  Subscriptions(
      Turn turn, DeadlineQueue<Due> deadlines, Answers answers, RegistrarSettings settings) {
    this.turn = turn;
    this.deadlines = deadlines;
    this.answers = answers;
    this.isOn = settings.isOn(RegistrarSetting.UPDATES);
    this.perAssociation = settings.count(RegistrarSetting.SUBSCRIPTIONS_PER_ASSOCIATION);
    this.max = settings.count(RegistrarSetting.SUBSCRIPTIONS_MAX);
    this.gapNs = settings.ns(RegistrarSetting.PUSH_GAP);
  }

  int size() {
    return size;
  }

  long pushes() {
    return pushes;
  }

  /// A user asks for the updates of a pool that exists.
  ///
  /// @return whether it gets them
  boolean subscribe(Association association, PoolHandle handle) {
    if (!isOn) {
      return false;
    }
    if (association.subscriptions().containsKey(handle)) {
      return true;
    }
    if (association.subscriptions().size() >= perAssociation || size >= max) {
      String limit = size >= max ? "subscriptions in all" : "subscriptions of one association";
      turn.emit(new RegistrarEvent.LimitHit(association.peer(), limit, 1));
      return false;
    }
    Subscription subscription =
        new Subscription(
            association, handle, deadlines, due -> push(due, answers.push(due.handle())));
    association.subscriptions().put(handle, subscription);
    byPool.computeIfAbsent(handle, _ -> new LinkedHashMap<>()).put(association, subscription);
    size++;
    return true;
  }

  /// A user does not want the updates of a pool any more.
  void unsubscribe(Association association, PoolHandle handle) {
    Subscription subscription = association.subscriptions().get(handle);
    if (subscription != null) {
      end(subscription);
    }
  }

  /// A user is gone.
  void lost(Association association) {
    List.copyOf(association.subscriptions().values()).forEach(this::end);
  }

  @Override
  public void added(ElementEntry<Registration> entry) {
    changed(entry.handle());
  }

  @Override
  public void renewed(
      ElementEntry<Registration> entry, PoolElementParameter previous, boolean changed) {
    if (changed) {
      changed(entry.handle());
    }
  }

  @Override
  public void rehomed(ElementEntry<Registration> entry, ServerId previous) {
    changed(entry.handle()); // Users report failures to the home.
  }

  @Override
  public void removed(ElementEntry<Registration> entry) {
    changed(entry.handle());
  }

  /// Pushes what has changed in this turn, or sees to it that it is pushed when the gap is over.
  void flush() {
    while (!changedPools.isEmpty()) {
      PoolHandle handle = changedPools.removeFirst();
      SequencedMap<Association, Subscription> subscriptions = byPool.get(handle);
      if (subscriptions != null) {
        pushAll(handle, List.copyOf(subscriptions.values()));
      }
    }
  }

  private void changed(PoolHandle handle) {
    if (byPool.containsKey(handle)) {
      changedPools.add(handle);
    }
  }

  private void pushAll(PoolHandle handle, List<Subscription> subscriptions) {
    AsapHandleResolutionResponse message = answers.push(handle);
    boolean isGone = message.resolution() instanceof AsapHandleResolutionResponse.Refused;
    for (Subscription subscription : subscriptions) {
      if (isGone || turn.nowNs() >= subscription.quietUntilNs()) {
        push(subscription, message);
      } else if (!subscription.deadline().isSet()) {
        deadlines.set(subscription.deadline(), subscription.quietUntilNs());
      }
    }
  }

  private void push(Subscription subscription, AsapHandleResolutionResponse message) {
    deadlines.cancel(subscription.deadline());
    subscription.quietUntilNs(turn.nowNs() + gapNs);
    pushes++;
    turn.send(subscription.association().id(), message);
    if (message.resolution() instanceof AsapHandleResolutionResponse.Refused) {
      end(subscription);
    }
  }

  private void end(Subscription subscription) {
    deadlines.cancel(subscription.deadline());
    subscription.association().subscriptions().remove(subscription.handle());
    SequencedMap<Association, Subscription> ofPool = byPool.get(subscription.handle());
    if (ofPool != null && ofPool.remove(subscription.association()) != null) {
      size--;
      if (ofPool.isEmpty()) {
        byPool.remove(subscription.handle());
      }
    }
  }
}
