package io.rserpool.sim.scope;

import io.rserpool.engine.Effect;
import io.rserpool.engine.Event;
import io.rserpool.engine.user.UserEngine;
import io.rserpool.engine.user.UserEvent;
import io.rserpool.engine.user.UserRequest;
import io.rserpool.engine.user.UserResult;
import io.rserpool.engine.user.UserSettings;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.runtime.EngineHost;
import io.rserpool.sim.network.Node;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;

/// A pool user: it resolves, watches and reports. After a restart it watches what it watched before.
public final class UserProcess implements Participant, EngineHost.Owner {

  private final Node node;
  private final UserSettings settings;
  private final RandomGenerator.SplittableGenerator random;
  private final ScopeListener listener;
  private final Set<PoolHandle> watched = new LinkedHashSet<>();
  private final SequencedMap<Long, PoolHandle> asked = new LinkedHashMap<>();
  private long requests;

  UserProcess(
      Node node,
      UserSettings settings,
      RandomGenerator.SplittableGenerator random,
      ScopeListener listener) {
    this.node = node;
    this.settings = settings;
    this.random = random;
    this.listener = listener;
  }

  @Override
  public Node node() {
    return node;
  }

  /// The pools that it watches.
  public Set<PoolHandle> watched() {
    return new LinkedHashSet<>(watched);
  }

  @Override
  public void start() {
    asked.clear();
    node.start(new UserEngine(settings, random.split()), this);
    watched.forEach(handle -> node.submit(new UserRequest.Watch(requests++, handle)));
  }

  /// Watches a pool from now on, in all lives.
  public void watch(PoolHandle handle) {
    if (watched.add(handle)) {
      node.submit(new UserRequest.Watch(requests++, handle));
    }
  }

  /// Asks who is in a pool; the listener hears the answer.
  public void resolve(PoolHandle handle) {
    if (node.isAlive()) {
      asked.put(requests, handle);
      node.submit(new UserRequest.Resolve(requests++, handle, 0));
    }
  }

  /// Reports an element unreachable.
  public void report(PoolHandle handle, ElementId element) {
    node.submit(new UserRequest.Report(requests++, handle, element));
  }

  @Override
  public void event(Event event) {
    if (node.isTold()) {
      node.tell("event", event.describe());
    }
    if (event instanceof UserEvent.PoolChanged(var handle, _, var elements, _)) {
      listener.changed(this, handle, elements);
    }
  }

  @Override
  public void reply(long requestId, Effect.Result result) {
    if (node.isTold()) {
      node.tell("reply", result.toString());
    }
    PoolHandle handle = asked.remove(requestId);
    if (handle != null && result instanceof UserResult answer) {
      listener.resolved(this, handle, answer);
    }
  }
}
