package io.rserpool.net;

import io.rserpool.engine.Event;
import io.rserpool.net.gate.TokenBucket;
import io.rserpool.runtime.TimeSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// Writes the events of a node to a log, one line each, in a fixed order of fields:
///
///     node=NAME event=KIND IDENTIFIERS WHAT HAPPENED
///
/// What a peer can cause at will is limited for each kind and source (the first identifier of the
/// line), and for each kind over all sources, so that no flood fills a disk; the next line that is
/// written says how many were left out. Nothing else is ever left out. One thread, its node's.
public final class EventLog implements Consumer<Event> {

  private static final int LINES_OF_SOURCE = 5;
  private static final int LINES_OF_KIND = 50;

  /// Kinds and sources that are remembered; the one that was last seen longest ago is forgotten
  /// first.
  private static final int REMEMBERED_MAX = 1_000;

  /// Lines of one source: so many at once, then one each second; of one kind: ten times that.
  private static final int SOURCE_LINES_PER_SECOND = 1;

  private static final int KIND_LINES_PER_SECOND = 10;

  private final Logger logger;
  private final String node;
  private final TimeSource time;
  private final SequencedMap<String, Allowance> allowances = new LinkedHashMap<>();

  /// @param logger where lines go
  /// @param node the node's name
  public EventLog(Logger logger, String node) {
    this(logger, node, System::nanoTime);
  }

  EventLog(Logger logger, String node, TimeSource time) {
    this.logger = logger;
    this.node = node;
    this.time = time;
  }

  @Override
  public void accept(Event event) {
    Level level = levelOf(event);
    if (!logger.isEnabledForLevel(level)) {
      return;
    }
    String kind = event.getClass().getSimpleName();
    String text = event.describe();
    long suppressed = 0;
    if (event.isPeerDriven()) {
      Allowance ofKind = allowance(kind, KIND_LINES_PER_SECOND, LINES_OF_KIND);
      Allowance ofSource =
          allowance(kind + " " + sourceOf(text), SOURCE_LINES_PER_SECOND, LINES_OF_SOURCE);
      if (!ofSource.take(time.nowNs()) || !ofKind.take(time.nowNs())) {
        ofKind.suppressed++;
        return;
      }
      suppressed = ofKind.suppressed;
      ofKind.suppressed = 0;
    }
    if (suppressed == 0) {
      logger.atLevel(level).log("node={} event={} {}", node, kind, text);
    } else {
      logger
          .atLevel(level)
          .log("node={} event={} {} ({} such lines left out before)", node, kind, text, suppressed);
    }
  }

  private Allowance allowance(String key, int perSecond, int burst) {
    Allowance allowance = allowances.remove(key);
    if (allowance == null) {
      allowance = new Allowance(new TokenBucket(time.nowNs(), perSecond, burst));
      if (allowances.size() >= REMEMBERED_MAX) {
        allowances.pollFirstEntry();
      }
    }
    allowances.putLast(key, allowance);
    return allowance;
  }

  private static String sourceOf(String text) {
    int space = text.indexOf(' ');
    return space < 0 ? text : text.substring(0, space);
  }

  private static Level levelOf(Event event) {
    return switch (event.level()) {
      case DEBUG -> Level.DEBUG;
      case INFO -> Level.INFO;
      case WARN -> Level.WARN;
      case ERROR -> Level.ERROR;
    };
  }

  /// What may still be written of one kind or source, and what was not.
  private static final class Allowance {
    private final TokenBucket bucket;
    private long suppressed;

    private Allowance(TokenBucket bucket) {
      this.bucket = bucket;
    }

    private boolean take(long nowNs) {
      return bucket.take(nowNs);
    }
  }
}
