package io.rserpool.client;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Writes the events of a pool user's sessions to the log. When thousands of sessions lose one
/// server together, a few lines of that are enough: the others are for those who debug.
final class SessionLog {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.client");
  private static final int LINES_MAX = 50;
  private static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(10);

  private long windowStartNs = System.nanoTime();
  private int lines;

  void write(io.rserpool.engine.session.SessionEvent event) {
    Level level = levelOf(event);
    LOG.atLevel(level == Level.DEBUG || isAllowed() ? level : Level.DEBUG).log(event::describe);
  }

  private static Level levelOf(io.rserpool.engine.session.SessionEvent event) {
    return switch (event) {
      case io.rserpool.engine.session.SessionEvent.AttemptFailed _,
          io.rserpool.engine.session.SessionEvent.Lost _ ->
          Level.DEBUG;
      case io.rserpool.engine.session.SessionEvent.Moved _ -> Level.INFO;
      case io.rserpool.engine.session.SessionEvent.Remark _ -> Level.WARN;
    };
  }

  private synchronized boolean isAllowed() {
    long now = System.nanoTime();
    if (now - windowStartNs >= WINDOW_NS) {
      if (lines > LINES_MAX) {
        LOG.info("{} lines about sessions were left out", lines - LINES_MAX);
      }
      windowStartNs = now;
      lines = 0;
    }
    return ++lines <= LINES_MAX;
  }
}
