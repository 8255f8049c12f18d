package io.rserpool.gateway.call;

import io.rserpool.client.Pool;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Subscription;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after all connections with one pool: when the registrar tells that an element is out of
/// the pool, those with it are ended under their blocked readers, which would otherwise wait for
/// ever on a frozen server.
///
/// An element that leaves in order goes out of its pool as well, and serves its users to their end.
/// It accepts nobody any more, so it is called before anything is ended: where that is refused, its
/// connections are left alone. The second call, a moment later, is for one that was taken out by
/// hand and hears of that no sooner than its users do. A connection on which bytes still come is
/// left alone as long as they do.
final class Lookout {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.gateway");

  /// A longer list may have been cut to fit a message, so it does not prove absence.
  private static final int LIST_SIZE_TRUSTED = 500;

  /// How soon an element that is there answers a call.
  private static final Duration ANSWER_WITHIN = Duration.ofMillis(500);

  private final PoolUser user;
  private final PoolHandle handle;
  private final Duration quietTime;
  private final Map<ElementConnection, PoolElementParameter> connections = new LinkedHashMap<>();
  private final Set<ElementId> missed = new LinkedHashSet<>();
  private List<Pool> newest = List.of();
  private Subscription subscription = () -> {};
  private int users;
  private long version;

  Lookout(PoolUser user, PoolHandle handle, Duration quietTime) {
    this.user = user;
    this.handle = handle;
    this.quietTime = quietTime;
  }

  /// Begins to watch, until as many calls of [#leave] as of this.
  ///
  /// @return the number of changes so far, for [#add]
  synchronized long enter() {
    if (users++ == 0) {
      newest = List.of();
      missed.clear();
      subscription = user.watch(handle, this::changed);
    }
    return version;
  }

  /// @return whether nobody needs this lookout any more
  synchronized boolean leave() {
    users--;
    if (users == 0) {
      subscription.close();
    }
    return users == 0;
  }

  /// Looks after a connection until [#remove].
  ///
  /// @param chosenAt what [#enter] said before the element was chosen
  synchronized void add(ElementConnection connection, PoolElementParameter element, long chosenAt) {
    connections.put(connection, element);
    if (version > chosenAt) {
      lookFor(element);
    }
  }

  synchronized void remove(ElementConnection connection) {
    connections.remove(connection);
  }

  /// Whether an element has been heard, or has let a caller in, since then.
  synchronized boolean isHeardSince(ElementId id, long ns) {
    return connections.keySet().stream()
        .anyMatch(c -> c.elementId().equals(id) && !c.isQuietSince(ns));
  }

  private synchronized void changed(Pool pool) {
    newest = List.of(pool);
    version++;
    missed.removeIf(id -> !isMissing(id));
    List.copyOf(connections.values()).forEach(this::lookFor);
  }

  /// Looks into the absence of an element, once for each time that it goes.
  private void lookFor(PoolElementParameter element) {
    if (isMissing(element.elementId()) && missed.add(element.elementId())) {
      Thread.ofVirtual().name("rserpool-gateway-probe").start(() -> probe(element));
    }
  }

  private synchronized boolean isMissing(ElementId id) {
    if (newest.isEmpty()) {
      return false;
    }
    Pool pool = newest.getFirst();
    // An empty pool has nobody to move to, and a registrar that polls may tell only a part.
    return pool.pushed()
        && !pool.elements().isEmpty()
        && pool.elements().size() < LIST_SIZE_TRUSTED
        && pool.elements().stream().noneMatch(element -> element.elementId().equals(id));
  }

  private void probe(PoolElementParameter element) {
    long noticedNs = System.nanoTime();
    try {
      if (accepts(element)) {
        Thread.sleep(quietTime);
        if (!accepts(element)) {
          return;
        }
      } else {
        return;
      }
    } catch (IOException _) {
      // It cannot be reached at all: no reason to ask twice.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return;
    }
    giveUp(element, noticedNs);
  }

  private static boolean accepts(PoolElementParameter element) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(PoolCaller.address(element), (int) ANSWER_WITHIN.toMillis());
      return true;
    } catch (ConnectException _) {
      return false;
    } finally {
      ElementConnection.abort(socket);
    }
  }

  /// Ends the connections with an element as they fall silent.
  private void giveUp(PoolElementParameter element, long noticedNs) {
    long sinceNs = noticedNs;
    while (isMissing(element.elementId())) {
      List<ElementConnection> with = connectionsWith(element.elementId());
      if (with.isEmpty()) {
        return;
      }
      for (ElementConnection connection : with) {
        if (connection.isQuietSince(sinceNs)) {
          LOG.info("{} is ended: the element is out of the pool and silent", connection);
          connection.lose("the registrar has taken the element out of the pool");
        }
      }
      sinceNs = System.nanoTime();
      try {
        Thread.sleep(quietTime);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private synchronized List<ElementConnection> connectionsWith(ElementId id) {
    List<ElementConnection> with = new ArrayList<>();
    connections.keySet().stream().filter(c -> c.elementId().equals(id)).forEach(with::add);
    return with;
  }
}
