package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Incoming;
import io.rserpool.protocol.PoolElementParameter;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;

/// Notices that the registrar has taken a session's element out of its pool, which is how a session
/// learns of an element that is frozen or cut off while its connection looks well.
///
/// An element that leaves in order goes out of its pool as well, and serves its users to their end.
/// The two are told apart by calling it once more: one that leaves in order accepts nobody, so the
/// call is refused while the old connection stands; a frozen one still accepts (its system does),
/// and one that is cut off does not answer. Since an element that is taken out by hand hears of it no
/// sooner than its users do, one that still accepts is called a second time a moment later.
final class RemovalSense {

  /// A longer list may have been cut to fit a message of 65,535 bytes, so it does not prove
  /// absence.
  private static final int LIST_SIZE_TRUSTED = 500;

  /// How long an element may take to stop accepting users after it was taken out by hand.
  private static final Duration SECOND_CALL_AFTER = Duration.ofMillis(250);

  /// How soon an element that is there answers a call; the registrar has found it silent already.
  private static final Duration ANSWER_WITHIN = Duration.ofMillis(500);

  /// How soon a port of SCTP that lets nobody in breaks a call off.
  private static final Duration PUT_OUT_WITHIN = Duration.ofMillis(250);

  private final Caller caller;
  private final Duration answerWithin;
  private final SessionState state;
  private List<Pool> newest = List.of();
  private List<Link> looked = List.of();
  private long version;
  private long trustedFrom;

  RemovalSense(Caller caller, Duration connectTimeout, SessionState state) {
    this.caller = caller;
    this.answerWithin =
        connectTimeout.compareTo(ANSWER_WITHIN) < 0 ? connectTimeout : ANSWER_WITHIN;
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
    if (link != null && state.phase() == SessionState.Phase.UP && isNewlyMissing(link)) {
      Thread.ofVirtual().name("rserpool-session-probe").start(() -> probe(link));
    }
  }

  /// Whether the element is missing and was not called for that yet: each removal is looked into once.
  private synchronized boolean isNewlyMissing(Link link) {
    boolean missing = isMissing(link.element());
    boolean known = looked.contains(link);
    looked = missing ? List.of(link) : List.of();
    return missing && !known;
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
      if (refuses(link)) {
        return;
      }
      Thread.sleep(SECOND_CALL_AFTER);
      if (refuses(link)) {
        return;
      }
    } catch (IOException _) {
      // It cannot be reached at all: no reason to ask twice.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (isMissing(link.element())) {
      state.fail(
          link,
          FailureSource.PUSHED_REMOVAL,
          "the registrar has taken the element out of the pool");
    }
  }

  /// Whether nobody is let in any more where the element's service was. A port of SCTP that lets
  /// nobody in answers a call, and breaks it off at once.
  private boolean refuses(Link link) throws IOException {
    Channel channel;
    try {
      channel = caller.call(link.element().userTransport(), answerWithin);
    } catch (ConnectException _) {
      return true;
    }
    try {
      return channel.keepsMessages() && isBrokenOff(channel);
    } finally {
      channel.abort();
    }
  }

  private static boolean isBrokenOff(Channel channel) {
    try {
      return channel.receive(PUT_OUT_WITHIN) instanceof Incoming.End;
    } catch (IOException _) {
      return true;
    }
  }
}
