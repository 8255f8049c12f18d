package io.rserpool.sim.scope;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.element.ElementEngine;
import io.rserpool.engine.element.ElementEvent;
import io.rserpool.engine.element.ElementRequest;
import io.rserpool.engine.element.ElementSettings;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.runtime.EngineHost;
import io.rserpool.sim.network.Node;
import io.rserpool.sim.session.Service;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A pool element, which has a service if the scope has sessions. After a restart it joins its pool again, with the same identifier or another one.
public final class ElementProcess implements Participant, EngineHost.Owner {

  private static final int ASAP_PORT = 4863;
  private static final int SERVICE_PORT = 7;

  private final Node node;
  private final PoolHandle handle;
  private final boolean isCallable;
  private final List<Endpoint> registrars;
  private final ElementSettings settings;
  private final RandomGenerator.SplittableGenerator random;
  private final ScopeListener listener;
  private ElementId id;
  private Policy policy = new Policy.LeastUsed(0);
  private boolean isWanted;
  private boolean isLeaving;
  private long requests;
  private long leaveRequest = -1;
  private @Nullable Function<ElementProcess, Service> services;
  private @Nullable Service service;

  ElementProcess(
      Node node,
      PoolHandle handle,
      boolean isCallable,
      ElementSettings settings,
      RandomGenerator.SplittableGenerator random,
      ScopeListener listener) {
    this.node = node;
    this.handle = handle;
    this.isCallable = isCallable;
    this.settings = settings;
    this.registrars = settings.hunt().registrars();
    this.random = random;
    this.listener = listener;
    this.id = newId();
  }

  /// Has such a service in each life.
  void serves(Function<ElementProcess, Service> newServices) {
    services = newServices;
  }

  @Override
  public Node node() {
    return node;
  }

  /// Its pool.
  public PoolHandle handle() {
    return handle;
  }

  /// Its identifier.
  public ElementId id() {
    return id;
  }

  /// Its policy values as it told them last.
  public Policy policy() {
    return policy;
  }

  /// Whether registrars can call it.
  public boolean isCallable() {
    return isCallable;
  }

  /// Whether it is configured with no other registrar than this one.
  public boolean dependsOn(RegistrarProcess registrar) {
    return registrars.size() == 1
        && registrars.getFirst().hosts().contains(registrar.node().address().toString());
  }

  /// Whether it is to be in its pool.
  public boolean isWanted() {
    return isWanted;
  }

  /// Whether it is about to leave.
  public boolean isLeaving() {
    return isLeaving;
  }

  /// Draws another identifier, for the next life.
  public void forgetId() {
    id = newId();
  }

  @Override
  public void start() {
    isLeaving = false;
    ElementEngine engine = new ElementEngine(settings, random.split());
    if (services == null) {
      node.start(engine, this);
    } else {
      Service begun = services.apply(this);
      service = begun;
      node.start(engine, this, begun);
    }
    if (isCallable) {
      node.listen(ASAP_PORT, AssociationKind.ASAP);
    }
    if (isWanted) {
      register();
    }
  }

  /// Joins its pool, now or as soon as there is a process.
  public void join() {
    if (!isWanted && !isLeaving) {
      isWanted = true;
      if (node.isAlive()) {
        register();
      }
    }
  }

  /// Leaves its pool.
  public void leave() {
    if (isWanted && node.isAlive()) {
      isWanted = false;
      isLeaving = true;
      listener.leaves(this);
      leaveRequest = requests;
      if (service != null) {
        node.serveNoMore(SERVICE_PORT);
        service.leaves();
      }
      node.submit(new ElementRequest.Leave(requests++));
    }
  }

  /// Tells another load.
  public void load(double load) {
    if (isWanted && node.isAlive()) {
      policy = new Policy.LeastUsed((long) (load * 0xffff_ffffL));
      node.submit(new ElementRequest.Update(requests++, policy));
    }
  }

  private void register() {
    listener.joins(this);
    if (service != null) {
      node.serve(SERVICE_PORT);
      service.goOn();
    }
    AsapTransport asap =
        isCallable
            ? new AsapTransport.Tcp(node.address(), ASAP_PORT)
            : AsapTransport.Absent.INSTANCE;
    node.submit(
        new ElementRequest.Register(
            requests++,
            handle,
            id,
            new AsapTransport.Tcp(node.address(), SERVICE_PORT),
            policy,
            asap));
  }

  @Override
  public void event(Event event) {
    if (node.isTold()) {
      node.tell("event", event.describe());
    }
    if (event instanceof ElementEvent.Registered(_, ElementId registered, _)) {
      id = registered;
      listener.registered(this);
    } else if (event instanceof ElementEvent.HomeChanged(_, _, ServerId homeId)) {
      listener.movesTo(this, homeId);
    } else if (event instanceof ElementEvent.Rejected(_, _, var causes)) {
      isWanted = false;
      listener.rejected(this, causes.toString());
    }
  }

  @Override
  public void reply(long requestId, Effect.Result result) {
    if (node.isTold()) {
      node.tell("reply", result.toString());
    }
    if (isLeaving && requestId == leaveRequest) {
      isLeaving = false;
      listener.left(this);
    }
  }

  private ElementId newId() {
    ElementId fresh = ElementId.NONE;
    while (fresh.isNone()) {
      fresh = ElementId.of(random.nextInt());
    }
    return fresh;
  }
}
