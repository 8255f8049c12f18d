package io.rserpool.net;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The threads on which names are looked up, since that blocks: a few for all nodes of the JVM, and
/// none while there is nothing to look up.
final class NameLookups {

  private static final int THREADS = 4;

  /// Calls that may wait for a slow name server; more fail at once.
  private static final int WAITING_MAX = 1_024;

  private NameLookups() {}

  /// Throws [java.util.concurrent.RejectedExecutionException] if too many wait.
  static Executor executor() {
    return Holder.EXECUTOR;
  }

  private static final class Holder {
    private static final ThreadPoolExecutor EXECUTOR = create();

    private static ThreadPoolExecutor create() {
      ThreadPoolExecutor executor =
          new ThreadPoolExecutor(
              THREADS,
              THREADS,
              10,
              TimeUnit.SECONDS,
              new ArrayBlockingQueue<>(WAITING_MAX),
              new DefaultThreadFactory("rserpool-names", true));
      executor.allowCoreThreadTimeOut(true);
      return executor;
    }
  }
}
