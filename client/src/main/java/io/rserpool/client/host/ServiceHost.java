package io.rserpool.client.host;

import io.rserpool.client.ElementListener;
import io.rserpool.client.InterruptedCallException;
import io.rserpool.client.ListenFailedException;
import io.rserpool.client.PoolElement;
import io.rserpool.client.RSerPoolException;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.client.channel.Channels;
import io.rserpool.client.channel.ServicePort;
import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server: accepts users, over TCP or SCTP, serves each on a virtual thread of its own, and is a
/// member of its pool. Reports its load, by default sessions divided by the most sessions, whenever
/// that has changed by 0.01 or more and the policy has a load.
///
/// What a user does costs that user its session at most. When the registrar asks the element to
/// leave, the host drains or ends by itself.
///
/// Safe for use by many threads.
public final class ServiceHost implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceHost.class);

  private final Service service;
  private final HostOptions options;
  private final Acceptor acceptor;
  private final ScheduledExecutorService chores =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("rserpool-host").factory());
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean isLeaving = new AtomicBoolean();
  private final AtomicBoolean isEnding = new AtomicBoolean();
  private final AtomicBoolean isLoadDue = new AtomicBoolean();
  private volatile List<PoolElement> membership = List.of();
  private double reportedLoad;

  private ServiceHost(Service service, HostOptions options, ServicePort port) {
    this.service = service;
    this.options = options;
    this.acceptor = new Acceptor(service, options, port, this::sessionsChanged);
  }

  /// Serves in the pool with that name, as [HostOptions#builder] has it.
  ///
  /// @throws ListenFailedException if no port can be had
  /// @throws RSerPoolException as [PoolElement#register] does
  public static ServiceHost start(Scope scope, String pool, Service service) {
    return start(scope, service, HostOptions.builder(PoolHandle.of(pool)).build());
  }

  /// Listens, joins the pool, and serves from then on.
  ///
  ///
  /// @throws ListenFailedException if the port cannot be had
  /// @throws RSerPoolException as [PoolElement#register] does
  public static ServiceHost start(Scope scope, Service service, HostOptions options) {
    ServiceHost host = new ServiceHost(service, options, listen(scope, options));
    try {
      host.acceptor.start();
      host.join(scope);
      host.watchSends();
      return host;
    } catch (RuntimeException e) {
      host.close();
      throw e;
    }
  }

  private static ServicePort listen(Scope scope, HostOptions options) {
    List<IpAddress> addresses =
        options.addresses().isEmpty()
            ? scope.serviceAddresses(options.transport())
            : options.addresses();
    try {
      return Channels.listen(options.transport(), addresses, options.port(), scope.sctp());
    } catch (IOException e) {
      throw new ListenFailedException("users cannot be accepted: " + e.getMessage(), e);
    }
  }

  private void join(Scope scope) {
    Registration registration =
        Registration.builder(options.handle(), acceptor.address())
            .policy(options.policy())
            .elementId(options.elementId())
            .calls(options.calls())
            .callPort(options.callPort())
            .persistent(options.isPersistent())
            .listener(new Obedience(options.listener()))
            .build();
    membership = List.of(PoolElement.register(scope, registration));
    if (isEnding.get()) {
      // Taken out by hand before it was known to be in.
      element().close();
    }
    LOG.info(
        "{} service={} at {} serves", element(), service.label(), Endpoint.of(acceptor.address()));
  }

  private void watchSends() {
    long limitNs = options.sendTimeout().toNanos();
    long everyNs = Math.max(limitNs / 4, TimeUnit.MILLISECONDS.toNanos(10));
    var _ =
        chores.scheduleAtFixedRate(
            () -> acceptor.endStuck(limitNs), everyNs, everyNs, TimeUnit.NANOSECONDS);
  }

  /// Does what the registrar asks, and tells the application everything.
  private final class Obedience implements ElementListener {
    private final ElementListener next;

    Obedience(ElementListener next) {
      this.next = next;
    }

    @Override
    public void registered(ElementId elementId, String registrar) {
      next.registered(elementId, registrar);
    }

    @Override
    public void homeChanged(ElementId elementId, ServerId homeId) {
      next.homeChanged(elementId, homeId);
    }

    @Override
    public void registrarLost(ElementId elementId, String reason) {
      next.registrarLost(elementId, reason);
    }

    @Override
    public void rejected(ElementId elementId, List<ErrorCause> causes) {
      next.rejected(elementId, causes);
    }

    @Override
    public void askedToLeave(ElementId elementId, LeaveRequest leave) {
      next.askedToLeave(elementId, leave);
      switch (leave) {
        case REMOVE -> close();
        case DRAIN, NONE -> drain();
      }
    }
  }

  private void sessionsChanged() {
    if (options.policy().hasLoad() && isLoadDue.compareAndSet(false, true)) {
      chore(this::reportLoad);
    }
    if (isLeaving.get() && acceptor.sessions() == 0) {
      chore(this::end);
    }
  }

  private void chore(Runnable work) {
    try {
      chores.execute(work);
    } catch (RejectedExecutionException _) {
      // The host has ended.
    }
  }

  private void reportLoad() {
    isLoadDue.set(false);
    double load = service.load(acceptor.sessions(), options.maxSessions());
    if (Math.abs(load - reportedLoad) < 0.01 || membership.isEmpty()) {
      return;
    }
    try {
      element().updateLoad(load);
      reportedLoad = load;
    } catch (RSerPoolException e) {
      LOG.warn("{} load={} not reported: {}", element(), load, e.getMessage());
    }
  }

  /// The member of the pool.
  public PoolElement element() {
    return membership.getFirst();
  }

  /// Where users are accepted, as it is registered.
  public AsapTransport address() {
    return acceptor.address();
  }

  /// The port on which users are accepted.
  public int port() {
    return acceptor.address().port();
  }

  /// How many users are served now.
  public int sessions() {
    return acceptor.sessions();
  }

  /// Accepts nobody any more, leaves the pool, serves the present users to their end, then ends.
  /// Returns when the pool has been left; [#awaitEnd] waits for the rest. A second call does
  /// nothing.
  public void drain() {
    // The order matters to sessions: a refused call tells them that the element leaves in order.
    acceptor.close();
    if (!isLeaving.compareAndSet(false, true)) {
      return;
    }
    for (PoolElement element : membership) {
      LOG.info("{} drains, sessions={}", element, acceptor.sessions());
      try {
        element.leave();
      } catch (RSerPoolException e) {
        LOG.warn("{} did not leave in order: {}", element, e.getMessage());
      }
    }
    if (acceptor.sessions() == 0) {
      end();
    }
  }

  /// Waits until the host has ended, in whatever way.
  public void awaitEnd() {
    awaitEnd(Duration.ofNanos(Long.MAX_VALUE));
  }

  /// Waits until the host has ended, for at most so long.
  ///
  /// @return whether it has ended
  public boolean awaitEnd(Duration limit) {
    try {
      return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw InterruptedCallException.restoring("the end of a host", e);
    }
  }

  /// Ends: lets the service say its last words, leaves the pool and breaks all sessions. A second
  /// call does nothing.
  @Override
  public void close() {
    acceptor.close();
    end();
  }

  private void end() {
    if (!isEnding.compareAndSet(false, true)) {
      return;
    }
    acceptor.close();
    // Farewells come first: whoever hears that the element has left, leaves it, and would miss
    // them.
    acceptor.awaitFarewells();
    membership.forEach(PoolElement::close);
    acceptor.endAll();
    chores.shutdown();
    ended.countDown();
    membership.forEach(element -> LOG.info("{} has ended", element));
  }
}
