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
import io.rserpool.sim.session.Registry;
import io.rserpool.sim.session.Sessions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A pool user: it resolves, watches and reports, and has sessions if the scope has. After a restart it watches what it watched before.
public final class UserProcess implements Participant, EngineHost.Owner, Registry {

  /// What it has asked, and when by its clock.
  private record Question(PoolHandle handle, long atNs) {}

  private final Node node;
  private final UserSettings settings;
  private final RandomGenerator.SplittableGenerator random;
  private final ScopeListener listener;
  private final Set<PoolHandle> watched = new LinkedHashSet<>();
  private final SequencedMap<Long, Question> asked = new LinkedHashMap<>();
  private final HashMap<Long, Consumer<UserResult>> answers = new HashMap<>();
  private @Nullable Function<UserProcess, Sessions> kind;
  private @Nullable Sessions sessions;
  private long requests;
  private long asks;

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

  /// Has such sessions in each life.
  void has(Function<UserProcess, Sessions> newKind) {
    kind = newKind;
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
    answers.clear();
    UserEngine engine = new UserEngine(settings, random.split());
    if (kind == null) {
      node.start(engine, this);
    } else {
      start(engine, kind.apply(this));
    }
    watched.forEach(handle -> node.submit(new UserRequest.Watch(requests++, handle)));
  }

  private void start(UserEngine engine, Sessions begun) {
    if (sessions != null) {
      sessions.gone();
    }
    sessions = begun;
    node.start(engine, this, begun);
    node.run(begun::open);
  }

  /// Lets the application of one of its sessions ask for something.
  public void ask(int session, int count) {
    if (sessions != null && node.isAlive()) {
      sessions.ask(session, count);
    }
  }

  @Override
  public void ask(LongFunction<UserRequest> request, Consumer<UserResult> answer) {
    long id = requests++;
    asks++;
    answers.put(id, answer);
    node.submit(request.apply(id));
  }

  /// How much its sessions have asked of its engine, in all lives.
  public long asks() {
    return asks;
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
      asked.put(requests, new Question(handle, node.nowNs()));
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
    if (event instanceof UserEvent.PoolChanged(var handle, _, var elements, boolean isPushed)) {
      listener.changed(this, handle, elements);
      if (sessions != null) {
        sessions.changed(handle, elements, isPushed);
      }
    }
  }

  @Override
  public void reply(long requestId, Effect.Result result) {
    if (node.isTold()) {
      node.tell("reply", result.toString());
    }
    Consumer<UserResult> waiting = answers.remove(requestId);
    if (waiting != null && result instanceof UserResult answer) {
      waiting.accept(answer);
    }
    Question question = asked.remove(requestId);
    if (question != null && result instanceof UserResult answer) {
      listener.answered(this, answer, node.nowNs() - question.atNs());
      listener.resolved(this, question.handle(), answer);
    }
  }
}
