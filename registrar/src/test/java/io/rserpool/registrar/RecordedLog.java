package io.rserpool.registrar;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/// Everything that this program logs, and each failure that ends a thread, from [#start] to [#close].
final class RecordedLog implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();
  private final ConcurrentLinkedQueue<ILoggingEvent> lines = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
  private final Thread.UncaughtExceptionHandler handlerBefore =
      Thread.getDefaultUncaughtExceptionHandler();
  private final AppenderBase<ILoggingEvent> recorder = new Recorder();

  private final class Recorder extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent line) {
      line.prepareForDeferredProcessing();
      lines.add(line);
    }
  }

  private RecordedLog() {}

  /// @param level the least level that is recorded
  static RecordedLog start(Level level) {
    RecordedLog log = new RecordedLog();
    log.recorder.setContext(log.root.getLoggerContext());
    log.recorder.start();
    log.root.addAppender(log.recorder);
    log.root.setLevel(level);
    Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> log.uncaught.add(thrown));
    return log;
  }

  /// The lines that are of that kind, each with its stack trace if it has one.
  List<String> lines(Predicate<ILoggingEvent> kind) {
    return lines.stream().filter(kind).map(RecordedLog::text).toList();
  }

  /// What has ended a thread.
  List<Throwable> uncaught() {
    return List.copyOf(uncaught);
  }

  private static String text(ILoggingEvent line) {
    return "%s %s %s %s"
        .formatted(
            line.getLevel(),
            line.getLoggerName(),
            line.getFormattedMessage(),
            ThrowableProxyUtil.asString(line.getThrowableProxy()));
  }

  @Override
  public void close() {
    root.setLevel(before);
    root.detachAppender(recorder);
    Thread.setDefaultUncaughtExceptionHandler(handlerBefore);
  }
}
