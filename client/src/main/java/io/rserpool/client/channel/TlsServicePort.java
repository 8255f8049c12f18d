package io.rserpool.client.channel;

import io.rserpool.net.gate.AcceptGate;
import io.rserpool.net.gate.GateLimits;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.AsapTransport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A port for users over TLS, whatever the transport. Each shakes hands on a thread of its own, so that
/// who does not, or takes his time, keeps nobody else waiting; and a flood from one address costs that
/// address only.
final class TlsServicePort implements ServicePort {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.client");

  /// How long a handshake may take.
  private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(5);

  /// Users who are shaking hands, or have and wait for the service; further ones wait in the system's
  /// queue.
  private static final int USERS_MAX = 4_096;

  private static final String CLOSED = "nobody is let in here any more";

  private final Door door;
  private final TlsOptions tls;
  private final Semaphore places = new Semaphore(USERS_MAX);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AcceptGate<Door.Caller> gate;
  private final SequencedSet<Door.Caller> shaking = new LinkedHashSet<>();
  private final Deque<Channel> shaken = new ArrayDeque<>();

  /// Why nobody comes any more.
  private @Nullable IOException end;

  TlsServicePort(Door door, TlsOptions tls) {
    this(door, tls, GateLimits.ofHandshakes(tls));
  }

  TlsServicePort(Door door, TlsOptions tls, GateLimits limits) {
    this.door = door;
    this.tls = tls;
    this.gate = new AcceptGate<>(limits);
    Thread.ofPlatform()
        .daemon()
        .name("rserpool-accept-tls-" + door.address().port())
        .start(this::run);
  }

  @Override
  public AsapTransport address() {
    return door.address();
  }

  @Override
  public Channel accept() throws IOException {
    lock.lock();
    try {
      while (shaken.isEmpty()) {
        IOException why = end;
        if (why != null) {
          throw new IOException(why.getMessage(), why);
        }
        changed.await();
      }
      places.release();
      return shaken.removeFirst();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while users were waited for");
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (true) {
        places.acquireUninterruptibly();
        Door.Caller user = door.next();
        if (isAdmitted(user)) {
          Thread.ofVirtual().name("rserpool-handshake").start(() -> shake(user));
        } else {
          places.release();
        }
      }
    } catch (IOException e) {
      end(e);
    }
  }

  private boolean isAdmitted(Door.Caller user) {
    String refusal = "";
    Door.Caller oldest = null;
    lock.lock();
    try {
      AcceptGate.Verdict verdict = gate.admit(System.nanoTime(), user.host());
      if (end != null) {
        refusal = CLOSED;
      } else if (verdict != AcceptGate.Verdict.ADMITTED) {
        refusal = verdict.toString();
      } else {
        oldest = gate.entered(user, user.host());
        shaking.add(user);
      }
    } finally {
      lock.unlock();
    }
    if (oldest != null) {
      oldest.abort("too many handshakes are under way; this is the oldest of them");
    }
    if (!refusal.isEmpty()) {
      LOG.debug("service at {}: {} is not let in: {}", address(), user.host(), refusal);
      user.abort(refusal);
    }
    return refusal.isEmpty();
  }

  private void shake(Door.Caller user) {
    Channel channel = null;
    try {
      channel = user.shake(tls, HANDSHAKE_LIMIT);
    } catch (IOException e) {
      LOG.debug("service at {}: handshake with {}: {}", address(), user.host(), e.getMessage());
      // In order, so that he is told why.
      user.close();
    } finally {
      if (!isKept(user, channel)) {
        user.abort(CLOSED);
        places.release();
      }
    }
  }

  /// A handshake is over.
  ///
  /// @return whether the user waits for the service now
  private boolean isKept(Door.Caller user, @Nullable Channel channel) {
    lock.lock();
    try {
      shaking.remove(user);
      gate.left(user);
      if (channel == null || end != null) {
        return false;
      }
      shaken.addLast(channel);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Ends everybody who was not let in yet.
  @Override
  public void close() {
    end(new IOException("the port for users at " + address() + " was closed"));
    door.close();
  }

  private void end(IOException why) {
    List<Door.Caller> unproven;
    List<Channel> unheard;
    lock.lock();
    try {
      if (end == null) {
        end = why;
      }
      unproven = new ArrayList<>(shaking);
      unheard = new ArrayList<>(shaken);
      shaken.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    unproven.forEach(user -> user.abort(CLOSED));
    unheard.forEach(Channel::abort);
    places.release(unheard.size());
  }
}
