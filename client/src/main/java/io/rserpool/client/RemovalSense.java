package io.rserpool.client;

import io.rserpool.protocol.PoolElementParameter;
import java.time.Duration;
import java.util.List;

/// Notices that the registrar has taken a session's element out of its pool, which is how a session
/// learns of an element that is frozen or cut off while its connection looks well.
///
/// An element that leaves in order goes out of its pool as well, and serves its users to their end.
/// The two are told apart by calling it once more: one that leaves in order accepts nobody, so the
/// call is refused while the old connection stands; a frozen one still accepts (its system does),
/// and one that is cut off does not answer.
final class RemovalSense {

  /// A longer list may have been cut to fit a message of 65,535 bytes, so it does not prove
  /// absence.
  private static final int LIST_SIZE_TRUSTED = 500;

  private final Connector connector;
  private final Duration connectTimeout;
  private final SessionState state;
  private List<Pool> newest = List.of();
  private long version;
  private long trustedFrom;

  RemovalSense(Connector connector, Duration connectTimeout, SessionState state) {
    this.connector = connector;
    this.connectTimeout = connectTimeout;
    this.state = state;
  }

  /// Called on the protocol's thread.
  void changed(Pool pool) {
    synchronized (this) {
      newest = List.of(pool);
      version++;
    }
    check();
  }

  /// Counts the pool's changes; what came before an element was chosen says nothing about it.
  synchronized long version() {
    return version;
  }

  /// Looks after the session's present element from now on.
  ///
  /// @param chosenAt [#version] just before the element was chosen
  void follow(long chosenAt) {
    synchronized (this) {
      trustedFrom = chosenAt;
    }
    check();
  }

  private void check() {
    Link link = state.link();
    if (link != null && state.phase() == SessionState.Phase.UP && isMissing(link.element())) {
      Thread.ofVirtual().name("rserpool-session-probe").start(() -> probe(link));
    }
  }

  private synchronized boolean isMissing(PoolElementParameter element) {
    if (newest.isEmpty() || version <= trustedFrom) {
      return false;
    }
    Pool pool = newest.getFirst();
    // An empty pool has nobody to move to, and a registrar that polls may tell only a part.
    return pool.pushed()
        && !pool.elements().isEmpty()
        && pool.elements().size() < LIST_SIZE_TRUSTED
        && pool.elements().stream().noneMatch(e -> e.elementId().equals(element.elementId()));
  }

  private void probe(Link link) {
    try {
      connector.connect(link.element().userTransport(), connectTimeout).abort();
    } catch (Connector.ConnectFailure failure) {
      if (failure.source() == FailureSource.REFUSED) {
        return;
      }
    }
    if (isMissing(link.element())) {
      state.fail(
          link,
          FailureSource.PUSHED_REMOVAL,
          "the registrar has taken the element out of the pool");
    }
  }
}
