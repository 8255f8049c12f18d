package io.rserpool.client;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls an application's listener, one call after another, away from the protocol's thread.
final class Notifier implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.client");

  /// Life cycle events are rare: a listener so far behind has stopped listening.
  private static final int WAITING_MAX = 1_000;

  private final ThreadPoolExecutor calls;

  Notifier(String name) {
    calls =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_MAX),
            Thread.ofVirtual().name(name).factory(),
            (_, executor) -> {
              if (!executor.isShutdown()) {
                LOG.warn("{} has not returned for {} events; one is left out", name, WAITING_MAX);
              }
            });
    calls.allowCoreThreadTimeOut(true);
  }

  void notify(Runnable call) {
    calls.execute(() -> {
      try {
        call.run();
      } catch (RuntimeException e) {
        LOG.error("a listener threw", e);
      }
    });
  }

  /// Lets what waits be told; nothing more is taken.
  @Override
  public void close() {
    calls.shutdown();
  }
}
