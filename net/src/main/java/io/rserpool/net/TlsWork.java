package io.rserpool.net;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Where the long calculations of handshakes run, so that a flood of them does not hold up the engines'
/// threads: half of the processors, for all nodes of this program. Handshakes beyond what can wait
/// fail.
final class TlsWork {

  private static final int WAITING_MAX = 4_096;
  private static final int IDLE_S = 10;

  private static final Executor EXECUTOR = start();

  private TlsWork() {}

  static Executor executor() {
    return EXECUTOR;
  }

  private static Executor start() {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_S,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            new DefaultThreadFactory("rserpool-tls", true));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
