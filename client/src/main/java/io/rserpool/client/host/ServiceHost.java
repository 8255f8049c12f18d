package io.rserpool.client.host;

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
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapBusinessCard;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
/// Where there is a control channel it answers the keep-alives of users, however busy the service
/// is, and gives them its business card first.
///
/// ```java
/// Service echo =
///     session -> {
///       while (session.receive() instanceof SessionInput.Data(UserMessage message)) {
///         session.send(message);
///       }
///     };
/// try (ServiceHost host = ServiceHost.start(Scope.defaults(), "EchoPool", echo)) {
///   host.awaitEnd();
/// }
/// ```
///
/// What a user does costs that user its session at most. When the registrar asks the element to
/// leave, the host drains or ends by itself.
///
/// Safe for use by many threads.
public final class ServiceHost implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceHost.class);

  private final Service service;
  private final HostOptions options;
  private final HostLog log;
  private final CookieDesk cookies;
  private final boolean presentsItself;
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

  private ServiceHost(Scope scope, Service service, HostOptions options, ServicePort port) {
    this.service = service;
    this.options = options;
    this.log = new HostLog(options.hostListener());
    this.cookies = CookieDesk.of(options.cookies(), scope.profile(), options.handle());
    // Programs of rsplib cannot read a business card.
    this.presentsItself = scope.profile() != Profile.RSPLIB;
    HostContext context =
        new HostContext(
            service,
            options.handle(),
            this::elementId,
            this::businessCard,
            cookies,
            options.idleTimeout(),
            options.transport() == TransportAddress.Kind.TCP,
            this::sessionsChanged,
            log::tell);
    this.acceptor = new Acceptor(options, port, context);
  }

  /// Serves in the pool with that name, as [HostOptions#builder] has it.
  ///
  /// @param scope the operation scope
  /// @param pool the pool
  /// @param service what is served
  /// @return the service host
  /// @throws ListenFailedException if no port can be had
  /// @throws RSerPoolException as [PoolElement#register] does
  public static ServiceHost start(Scope scope, String pool, Service service) {
    return start(scope, service, HostOptions.builder(PoolHandle.of(pool)).build());
  }

  /// Listens, joins the pool, and serves from then on.
  ///
  /// @param scope the operation scope
  /// @param service what is served
  /// @param options how it behaves
  /// @return the service host
  /// @throws ListenFailedException if the port cannot be had
  /// @throws RSerPoolException as [PoolElement#register] does
  public static ServiceHost start(Scope scope, Service service, HostOptions options) {
    return start(scope, service, options, listen(scope, options));
  }

  static ServiceHost start(Scope scope, Service service, HostOptions options, ServicePort port) {
    ServiceHost host = new ServiceHost(scope, service, options, port);
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
    if (scope.profile() == Profile.RFC
        && options.transport() == TransportAddress.Kind.TCP
        && options.use() == TransportUse.DATA_PLUS_CONTROL) {
      throw new IllegalArgumentException(
          "pool="
              + options.handle()
              + ": profile rfc cannot tell users of a control channel over TCP; use SCTP, data only, or"
              + " another profile");
    }
    List<IpAddress> addresses =
        options.addresses().isEmpty()
            ? scope.serviceAddresses(options.transport())
            : options.addresses();
    try {
      return Channels.listen(
          options.transport(),
          options.use(),
          addresses,
          options.port(),
          scope.sctp(),
          scope.sessionTls());
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
            .listener(options.listener().obeying(this::close, this::drain))
            .build();
    membership = List.of(PoolElement.register(scope, registration));
    if (isEnding.get()) {
      // Taken out by hand before it was known to be in.
      element().close();
    }
    LOG.info(
        "{} service={} at {} serves", element(), service.label(), Endpoint.of(acceptor.address()));
    if (cookies.isPlain()) {
      LOG.info("{} cookies are not sealed: users can read and forge them", element());
    }
  }

  private ElementId elementId() {
    return membership.isEmpty() ? ElementId.NONE : element().elementId();
  }

  private Optional<AsapBusinessCard> businessCard() {
    return presentsItself && !elementId().isNone()
        ? Optional.of(OwnCard.of(element(), acceptor.address(), options.successors()))
        : Optional.empty();
  }

  private void watchSends() {
    long limitNs = options.sendTimeout().toNanos();
    long everyNs = Math.max(limitNs / 4, TimeUnit.MILLISECONDS.toNanos(10));
    var _ =
        chores.scheduleAtFixedRate(
            () -> acceptor.endStuck(limitNs), everyNs, everyNs, TimeUnit.NANOSECONDS);
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

  /// {@return the member of the pool}
  public PoolElement element() {
    return membership.getFirst();
  }

  /// {@return where users are accepted, as it is registered}
  public AsapTransport address() {
    return acceptor.address();
  }

  /// {@return the port on which users are accepted}
  public int port() {
    return acceptor.address().port();
  }

  /// {@return how many users are served now}
  public int sessions() {
    return acceptor.sessions();
  }

  /// {@return how many cookies were refused since the host started; see
  /// [HostListener#cookieRefused]}
  public long refusedCookies() {
    return log.refusedCookies();
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
  /// @param limit how long to wait at most
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
