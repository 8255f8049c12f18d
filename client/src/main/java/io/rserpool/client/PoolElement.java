package io.rserpool.client;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.element.ElementEngine;
import io.rserpool.engine.element.ElementEvent;
import io.rserpool.engine.element.ElementRequest;
import io.rserpool.engine.element.ElementResult;
import io.rserpool.net.ListenException;
import io.rserpool.net.status.StatusReporter;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportUse;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// A service that is a member of a pool.
///
/// From [#register] to [#leave] the element stays in its pool by itself: it answers keep-alives,
/// renews its registration, and looks for another registrar when its own is gone. All that happens
/// on an event loop thread of its own, so a busy application does not lose its membership. Serving
/// users is the application's own business; a registered element that serves nobody is reported and
/// removed.
///
/// Safe for use by many threads.
public final class PoolElement implements AutoCloseable {

  private final PoolHandle handle;
  private final ElementListener listener;
  private final Notifier notifier;
  private final EngineCalls engine;
  private final ElementReport report;
  private final StatusReporter reporter;
  private final ReentrantLock updating = new ReentrantLock();
  private Policy policy;
  private boolean hasLeft;
  private volatile ElementId elementId;
  private volatile ServerId homeId = ServerId.NONE;

  private PoolElement(Scope scope, Registration registration) {
    handle = registration.handle();
    listener = registration.listener();
    policy = registration.policy();
    elementId = registration.elementId();
    notifier = new Notifier("rserpool-element-listener");
    report = new ElementReport(this, scope, registration);
    engine =
        EngineCalls.start(
            scope,
            "pool element of " + handle,
            random -> new ElementEngine(scope.elementSettings(), random),
            this::observe);
    reporter = StatusReporter.start(scope.statusReports(), report);
  }

  /// Joins a pool and waits until a registrar has confirmed it.
  ///
  /// @param scope the operation scope
  /// @param registration what is registered
  /// @return the element
  /// @throws NoRegistrarException if no registrar answered; not if the registration is persistent
  /// @throws RejectedException if a registrar refused, or the profile forbids the pool handle
  /// @throws ListenFailedException if the port for registrars cannot be had
  public static PoolElement register(Scope scope, Registration registration) {
    scope.requireFitting(registration.handle());
    PoolElement element = new PoolElement(scope, registration);
    try {
      element.join(scope, registration);
      return element;
    } catch (RuntimeException e) {
      element.hasLeft = true;
      element.close();
      throw e;
    }
  }

  private void join(Scope scope, Registration registration) {
    IpAddress own = scope.ownAddress();
    AsapTransport calls = listen(scope, registration, own);
    Effect.Result result =
        engine.call(
            id ->
                new ElementRequest.Register(
                    id,
                    handle,
                    registration.elementId(),
                    registration.userTransport(own),
                    registration.policy(),
                    calls),
            "registration in pool=" + handle);
    switch ((ElementResult) result) {
      // Who the home is, events tell; they may have done so by now.
      case ElementResult.Registered(ElementId id, _, _) -> elementId = id;
      case ElementResult.Rejected(var causes) -> throw new RejectedException(toString(), causes);
      case ElementResult.Unavailable(String detail) -> {
        if (!registration.isPersistent()) {
          throw new NoRegistrarException(this + " is not registered: " + detail);
        }
      }
      case ElementResult.Illegal(String detail) -> throw new RejectedException(detail);
      case ElementResult.Done _ ->
          throw new IllegalStateException("a registration is not answered by Done");
    }
  }

  /// Over SCTP an element listens at the port from which it registers, and registrars see by
  /// themselves where that is.
  private AsapTransport listen(Scope scope, Registration registration, IpAddress own) {
    boolean isCallable =
        switch (registration.calls()) {
          case AUTOMATIC -> own.isLoopback();
          case ALLOWED -> true;
          case OFF -> false;
        };
    if (!isCallable) {
      return AsapTransport.Absent.INSTANCE;
    }
    Endpoint.Scheme scheme = scope.callScheme();
    Endpoint wanted = Endpoint.of(scheme, own.toString(), registration.callPort());
    try {
      Endpoint got = engine.node().listen(AssociationKind.ASAP, wanted);
      return scheme == Endpoint.Scheme.TCP
          ? new AsapTransport.Tcp(own, got.port())
          : new AsapTransport.Sctp(List.of(own), got.port(), TransportUse.DATA_ONLY);
    } catch (ListenException e) {
      throw new ListenFailedException(
          this + " cannot be called by registrars: " + e.getMessage(), e);
    }
  }

  private void observe(Event event) {
    if (!(event instanceof ElementEvent told)) {
      return;
    }
    report.observe(told);
    switch (told) {
      case ElementEvent.Registered(_, ElementId id, Endpoint registrar) -> {
        elementId = id;
        notifier.notify(() -> listener.registered(id, registrar.toString()));
      }
      case ElementEvent.Rejected(_, ElementId id, var causes) ->
          notifier.notify(() -> listener.rejected(id, causes));
      case ElementEvent.HomeChanged(_, ElementId id, ServerId home) -> {
        homeId = home;
        notifier.notify(() -> listener.homeChanged(id, home));
      }
      case ElementEvent.RegistrarLost(_, ElementId id, String reason) ->
          notifier.notify(() -> listener.registrarLost(id, reason));
      case ElementEvent.AskedToLeave(_, ElementId id, var leave) ->
          notifier.notify(() -> listener.askedToLeave(id, leave));
      case ElementEvent.HuntRound _, ElementEvent.PeerMisbehaved _ -> {
        // For the log only.
      }
    }
  }

  /// {@return the pool}
  public PoolHandle handle() {
    return handle;
  }

  /// {@return the element's identifier; [ElementId#NONE] while a persistent registration waits for
  /// its first registrar}
  public ElementId elementId() {
    return elementId;
  }

  /// {@return the home registrar; [ServerId#NONE] until it has named itself}
  public ServerId homeId() {
    return homeId;
  }

  /// Tells a new load. Policies without a load take no notice.
  ///
  /// @param load 0 for idle to 1 for fully loaded
  /// @throws IllegalArgumentException outside that range
  public void updateLoad(double load) {
    long number = Policy.fraction(load);
    updating.lock();
    try {
      if (policy.hasLoad()) {
        update(policy.withLoad(number));
      }
    } finally {
      updating.unlock();
    }
  }

  /// Tells new policy values, of the type with which the element registered. Returns at once; the
  /// registrar hears it a moment later.
  ///
  /// @param newPolicy the policy values
  /// @throws RejectedException if the type is another one
  public void update(Policy newPolicy) {
    updating.lock();
    try {
      Effect.Result result =
          engine.call(id -> new ElementRequest.Update(id, newPolicy), "update of " + this);
      requireDone(result);
      policy = newPolicy;
    } finally {
      updating.unlock();
    }
  }

  /// {@return the policy values told last}
  public Policy policy() {
    updating.lock();
    try {
      return policy;
    } finally {
      updating.unlock();
    }
  }

  /// Leaves the pool and waits until a registrar has confirmed it. Users that are being served are
  /// not touched. A second call does nothing.
  ///
  /// @throws NoRegistrarException if no registrar answered; the registration runs out by itself
  public void leave() {
    updating.lock();
    try {
      if (hasLeft) {
        return;
      }
      hasLeft = true;
    } finally {
      updating.unlock();
    }
    requireDone(engine.call(ElementRequest.Leave::new, "leave of " + this));
  }

  private void requireDone(Effect.Result result) {
    switch ((ElementResult) result) {
      case ElementResult.Done _, ElementResult.Registered _ -> {
        // As wanted.
      }
      case ElementResult.Rejected(var causes) -> throw new RejectedException(toString(), causes);
      case ElementResult.Unavailable(String detail) ->
          throw new NoRegistrarException(this + ": " + detail);
      case ElementResult.Illegal(String detail) ->
          throw new RejectedException(this + ": " + detail);
    }
  }

  /// Leaves the pool if that has not happened, as well as it can, and frees everything. Never
  /// throws because of a registrar.
  @Override
  public void close() {
    try {
      leave();
    } catch (RSerPoolException _) {
      // The registrars find out by their keep-alives.
    }
    engine.shutdown(ElementRequest.Shutdown::new);
    reporter.close();
    notifier.close();
  }

  @Override
  public String toString() {
    return elementId.isNone() ? "pool=" + handle : "pool=" + handle + " element=" + elementId;
  }
}
