package io.rserpool.gateway.call;

import io.rserpool.client.ElementWatch;
import io.rserpool.client.UnknownPoolException;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One search for an element that lets a caller in.
final class Call {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.gateway");

  /// An element that lets the caller in.
  record Reached(PoolElementParameter element, Socket socket) {}

  private final PoolCaller caller;
  private final PoolHandle handle;
  private final ElementWatch watch;
  private final Duration limit;
  private final long deadlineNs;
  private final HashSet<ElementId> tried = new HashSet<>();
  private String lastReason = "";

  Call(PoolCaller caller, PoolHandle handle, ElementWatch watch, Duration limit) {
    this.caller = caller;
    this.handle = handle;
    this.watch = watch;
    this.limit = limit;
    this.deadlineNs = System.nanoTime() + limit.toNanos();
  }

  Reached reach(ElementId preferred, SocketSource sockets) throws IOException {
    for (PoolElementParameter next = choose(preferred); next != null; next = choose(preferred)) {
      InetSocketAddress address = PoolCaller.address(next);
      Socket socket = sockets.next();
      try {
        socket.connect(address, ms(min(left(), caller.settings().connectTimeout())));
        LOG.debug("pool={} element={} was called at {}", handle, next.elementId(), address);
        return new Reached(next, socket);
      } catch (IOException e) {
        ElementConnection.closeQuietly(socket);
        if (sockets.isOver() || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        watch.callFailed(next.elementId(), e);
        lastReason =
            "element=%s at %s port %d: %s"
                .formatted(
                    next.elementId(),
                    address.getAddress().getHostAddress(),
                    address.getPort(),
                    e.getMessage());
        LOG.debug("pool={} {}", handle, lastReason);
      }
    }
    throw new ConnectException(
        "pool=%s: none of %d elements could be reached; the last: %s"
            .formatted(handle, tried.size(), lastReason));
  }

  /// The element to try next, or null if all were tried.
  private @Nullable PoolElementParameter choose(ElementId preferred) throws IOException {
    if (deadlineNs - System.nanoTime() <= 0) {
      throw new SocketTimeoutException(
          "pool=%s: no element could be reached within %d ms; the last: %s"
              .formatted(handle, limit.toMillis(), lastReason));
    }
    Optional<PoolElementParameter> looked = caller.choices().take(handle);
    if (preferred.isNone() && looked.isPresent() && tried.add(looked.get().elementId())) {
      return looked.get();
    }
    try {
      ElementId wanted = tried.contains(preferred) ? ElementId.NONE : preferred;
      PoolElementParameter chosen =
          Bounded.ask(caller.what(handle), left(), () -> caller.user().select(handle, wanted));
      if (tried.add(chosen.elementId())) {
        return chosen;
      }
      for (PoolElementParameter other :
          Bounded.ask(caller.what(handle), left(), () -> caller.user().resolve(handle))
              .elements()) {
        if (tried.add(other.elementId())) {
          return other;
        }
      }
    } catch (UnknownPoolException e) {
      if (tried.isEmpty()) {
        throw Bounded.translate(caller.what(handle), e);
      }
    }
    return null;
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(1, deadlineNs - System.nanoTime()));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  static int ms(Duration limit) {
    return Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE);
  }
}
