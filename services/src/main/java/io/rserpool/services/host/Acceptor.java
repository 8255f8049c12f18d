package io.rserpool.services.host;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
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
  private final ServerSocket socket;
  private final Runnable onChange;
  private final Set<HostedSession> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();

  Acceptor(Service service, HostOptions options, ServerSocket socket, Runnable onChange) {
    this.service = service;
    this.options = options;
    this.socket = socket;
    this.onChange = onChange;
  }

  void start() {
    Thread.ofPlatform().daemon().name("rserpool-accept-" + port()).start(this::run);
  }

  int port() {
    return socket.getLocalPort();
  }

  int sessions() {
    return count.get();
  }

  private void run() {
    while (!socket.isClosed()) {
      try {
        accept(socket.accept());
      } catch (IOException e) {
        if (!socket.isClosed()) {
          LOG.warn("service={} port={} cannot accept: {}", service.label(), port(), e.getMessage());
          LockSupport.parkNanos(ACCEPT_PAUSE_NS);
        }
      }
    }
  }

  private void accept(Socket user) throws IOException {
    if (count.incrementAndGet() > options.maxSessions()) {
      count.decrementAndGet();
      LOG.debug("service={} turned {} away: full", service.label(), user.getRemoteSocketAddress());
      user.close();
      return;
    }
    HostedSession session;
    try {
      session = new HostedSession(user, options.idleTimeout());
    } catch (IOException e) {
      count.decrementAndGet();
      user.close();
      LOG.debug("service={} lost a user at once: {}", service.label(), e.getMessage());
      return;
    }
    sessions.add(session);
    onChange.run();
    Thread.ofVirtual().name("rserpool-serve").start(() -> serve(session));
  }

  private void serve(HostedSession session) {
    try {
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
      count.decrementAndGet();
      onChange.run();
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
    try {
      socket.close();
    } catch (IOException _) {
      // Nobody can call it either way.
    }
  }

  /// Breaks all sessions.
  void endAll() {
    sessions.forEach(HostedSession::abort);
  }
}
