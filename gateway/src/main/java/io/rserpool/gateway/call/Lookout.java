package io.rserpool.gateway.call;

import io.rserpool.client.ElementWatch;
import io.rserpool.client.PoolUser;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after all connections with one pool: when an element is gone, those with it are ended
/// under their blocked readers, which would otherwise wait for ever on a frozen server. A
/// connection on which bytes still come is left alone as long as they do.
final class Lookout {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.gateway");

  private final Duration quietTime;
  private final ElementWatch watch;
  private final Set<ElementConnection> connections = new LinkedHashSet<>();
  private int users;

  Lookout(PoolUser user, PoolHandle handle, Duration quietTime) {
    this.quietTime = quietTime;
    this.watch = ElementWatch.open(user, handle, this::gone);
  }

  /// Somebody needs this lookout, until [#leave].
  synchronized void enter() {
    users++;
  }

  /// @return whether nobody needs this lookout any more, so that it has ended
  synchronized boolean leave() {
    users--;
    if (users == 0) {
      watch.close();
    }
    return users == 0;
  }

  /// What tells of the pool's elements.
  ElementWatch watch() {
    return watch;
  }

  /// Looks after a connection until [#remove].
  synchronized void add(ElementConnection connection) {
    connections.add(connection);
  }

  synchronized void remove(ElementConnection connection) {
    connections.remove(connection);
  }

  /// Ends the connections with an element as they fall silent, as long as it is out of the pool.
  private void gone(PoolElementParameter element) {
    while (watch.isOut(element.elementId())) {
      for (ElementConnection connection : connectionsWith(element.elementId())) {
        if (connection.isQuietFor(quietTime)) {
          LOG.info("{} is ended: the element is out of the pool and silent", connection);
          connection.lose("the registrar has taken the element out of the pool");
        }
      }
      try {
        Thread.sleep(quietTime);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private synchronized List<ElementConnection> connectionsWith(ElementId id) {
    return connections.stream().filter(one -> one.elementId().equals(id)).toList();
  }
}
