package io.rserpool.client.host;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.ServicePort;
import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.AsapTransport;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts users and runs the service for each of them, up to a limit.
///
/// Accepting has a platform thread: services that compute may keep all carriers of virtual threads
/// busy.
final class Acceptor {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceHost.class);

  /// When the system has no descriptor left, trying again at once would only burn the processor.
  private static final long ACCEPT_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Service service;
  private final HostOptions options;
  private final ServicePort port;
  private final HostContext context;
  private final Set<HostedSession> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean isClosed;

  Acceptor(HostOptions options, ServicePort port, HostContext context) {
    this.service = context.service();
    this.options = options;
    this.port = port;
    this.context = context;
  }

  void start() {
    Thread.ofPlatform().daemon().name("rserpool-accept-" + address().port()).start(this::run);
  }

  AsapTransport address() {
    return port.address();
  }

  int sessions() {
    return count.get();
  }

  private void run() {
    while (!isClosed) {
      try {
        accept(port.accept());
      } catch (IOException e) {
        if (!isClosed) {
          LOG.warn(
              "service={} at {} cannot accept: {}",
              service.label(),
              Endpoint.of(address()),
              e.getMessage());
          LockSupport.parkNanos(ACCEPT_PAUSE_NS);
        }
      }
    }
  }

  private void accept(Channel user) {
    if (count.incrementAndGet() > options.maxSessions()) {
      count.decrementAndGet();
      LOG.debug("service={} turned {} away: full", service.label(), user.peer());
      user.close();
      return;
    }
    HostedSession session = new HostedSession(user, context);
    sessions.add(session);
    context.onLoadChange().run();
    Thread.ofVirtual().name("rserpool-serve").start(() -> serve(session));
  }

  private void serve(HostedSession session) {
    try {
      session.begin();
      service.serve(session);
      session.close();
    } catch (SocketTimeoutException _) {
      LOG.debug("service={} user={} was silent", service.label(), session.peer());
      session.abort();
    } catch (IOException e) {
      LOG.debug("service={} user={} lost: {}", service.label(), session.peer(), e.getMessage());
      session.abort();
    } catch (RuntimeException e) {
      LOG.error("service={} user={} failed", service.label(), session.peer(), e);
      session.abort();
    } finally {
      sessions.remove(session);
      session.noteServed();
      count.decrementAndGet();
      context.onLoadChange().run();
    }
  }

  /// Ends the sessions whose user has taken nothing for so long.
  void endStuck(long limitNs) {
    long now = System.nanoTime();
    for (HostedSession session : sessions) {
      if (session.isStuck(now, limitNs)) {
        LOG.debug("service={} user={} takes nothing", service.label(), session.peer());
        session.abort();
      }
    }
  }

  /// Accepts nobody any more; whoever calls is refused.
  void close() {
    isClosed = true;
    port.close();
  }

  /// Lets the sessions that are at work end by themselves, for as long as the service asks for.
  void awaitFarewells() {
    Duration limit = service.farewellTime();
    if (limit.isZero()) {
      return;
    }
    long deadlineNs = System.nanoTime() + limit.toNanos();
    sessions.forEach(HostedSession::beginEnd);
    try {
      for (HostedSession session : sessions) {
        session.awaitServed(Math.max(0, deadlineNs - System.nanoTime()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Breaks all sessions.
  void endAll() {
    sessions.forEach(HostedSession::abort);
  }
}
