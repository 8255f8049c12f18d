package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Which elements a pool user has reached lately, by any of its sessions, or heard by connections
/// that are not sessions. An element that keeps one caller waiting while it lets another one in is
/// busy, not dead: thousands that have lost the same server may all come to it at once, and reports
/// of those who waited would take it out of its pool.
final class Contacts {

  /// How long it counts that an element was reached: shorter than the pause between two searches.
  private static final long FRESH_NS = TimeUnit.SECONDS.toNanos(1);

  /// Of so many elements; the others are reported as ever.
  private static final int ELEMENTS_MAX = 10_000;

  /// When an element was reached last.
  static final class Contact {
    private volatile long reachedNs;
    private int inVain;

    private Contact(long nowNs) {
      reachedNs = nowNs;
    }

    void reached(long nowNs) {
      reachedNs = nowNs;
    }

    private boolean isFresh() {
      return System.nanoTime() - reachedNs < FRESH_NS;
    }
  }

  private final Map<ElementId, Contact> contacts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ElementId, Contact> eldest) {
          return size() > ELEMENTS_MAX;
        }
      };

  /// Calls an element, and notes what came of it.
  Channel call(Caller caller, PoolElementParameter element, Duration limit) throws IOException {
    try {
      Channel channel = caller.call(element.userTransport(), limit);
      reached(element.elementId());
      return channel;
    } catch (SocketTimeoutException e) {
      waitedInVain(element.elementId());
      throw e;
    }
  }

  /// An element has let somebody in.
  synchronized Contact reached(ElementId element) {
    long now = System.nanoTime();
    Contact contact = contacts.computeIfAbsent(element, _ -> new Contact(now));
    contact.reached(now);
    return contact;
  }

  private synchronized void waitedInVain(ElementId element) {
    Contact contact = contacts.get(element);
    if (contact != null) {
      contact.inVain++;
    }
  }

  /// Whether a report that is about to be sent is about a call that waited in vain, of an element
  /// that let somebody else in meanwhile.
  synchronized boolean isBusy(ElementId element) {
    Contact contact = contacts.get(element);
    if (contact == null || contact.inVain == 0) {
      return false;
    }
    contact.inVain--;
    return contact.isFresh();
  }

  /// Whether an element that could not be called in this way just now let somebody else in lately,
  /// or was heard.
  synchronized boolean isBusy(ElementId element, IOException why) {
    Contact contact = contacts.get(element);
    return why instanceof SocketTimeoutException && contact != null && contact.isFresh();
  }
}
