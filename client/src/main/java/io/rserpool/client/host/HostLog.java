package io.rserpool.client.host;

import io.rserpool.engine.session.element.ElementSessionEvent;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what users do wrong to the log, within limits: they can do it at will. Counts what was
/// left out, and cookies that were refused.
final class HostLog {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceHost.class);
  private static final int LINES_MAX = 10;
  private static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(10);

  private final HostListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private long windowStartNs = System.nanoTime();
  private int lines;
  private long leftOut;
  private long refusedCookies;

  HostLog(HostListener listener) {
    this.listener = listener;
  }

  void tell(ElementSessionEvent event) {
    long missing = 0;
    boolean isWritten;
    lock.lock();
    try {
      long now = System.nanoTime();
      if (now - windowStartNs >= WINDOW_NS) {
        windowStartNs = now;
        lines = 0;
        missing = leftOut;
        leftOut = 0;
      }
      isWritten = ++lines <= LINES_MAX;
      leftOut += isWritten ? 0 : 1;
      refusedCookies += event instanceof ElementSessionEvent.CookieRefused ? 1 : 0;
    } finally {
      lock.unlock();
    }
    if (missing > 0) {
      LOG.warn("{} lines about misbehaving users were left out", missing);
    }
    if (isWritten) {
      LOG.warn("{}", event.describe());
    }
    if (event instanceof ElementSessionEvent.CookieRefused refused) {
      listener.cookieRefused(
          refused.subject().user(), refused.refusal().reason(), refused.refusal().text());
    }
  }

  long refusedCookies() {
    lock.lock();
    try {
      return refusedCookies;
    } finally {
      lock.unlock();
    }
  }
}
