package io.rserpool.client;

import io.rserpool.engine.Event;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the events of one engine to the log. What a peer can cause at will is limited, and what
/// was left out is counted. Used on the node's thread only.
final class EventLog {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.client");
  private static final int PEER_LINES_MAX = 10;
  private static final long PEER_WINDOW_NS = TimeUnit.SECONDS.toNanos(10);

  private long windowStartNs = System.nanoTime();
  private int peerLines;
  private long leftOut;

  void write(Event event) {
    if (event.isPeerDriven() && !isAllowed()) {
      leftOut++;
      return;
    }
    switch (event.level()) {
      case DEBUG -> LOG.debug("{}", event.describe());
      case INFO -> LOG.info("{}", event.describe());
      case WARN -> LOG.warn("{}", event.describe());
      case ERROR -> LOG.error("{}", event.describe());
    }
  }

  private boolean isAllowed() {
    long now = System.nanoTime();
    if (now - windowStartNs >= PEER_WINDOW_NS) {
      if (leftOut > 0) {
        LOG.warn("{} lines about misbehaving peers were left out", leftOut);
      }
      windowStartNs = now;
      peerLines = 0;
      leftOut = 0;
    }
    return ++peerLines <= PEER_LINES_MAX;
  }
}
