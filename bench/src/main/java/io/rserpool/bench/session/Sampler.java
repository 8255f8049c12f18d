package io.rserpool.bench.session;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import jdk.management.VirtualThreadSchedulerMXBean;

/// Looks at this process every few milliseconds and keeps the peaks.
final class Sampler {

  private static final long PERIOD_MS = 5;

  private final VirtualThreadSchedulerMXBean scheduler =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
  private final Thread thread;
  private final long cpuNs = processorNs();
  private final long collectingMs = collectingMs();
  private final long heapBefore = heap();
  private volatile boolean isOver;
  private int threadsPeak;
  private long queuedPeak;
  private long heapPeak;

  Sampler() {
    thread = Thread.ofPlatform().daemon().name("sampler").start(this::run);
  }

  private void run() {
    try {
      while (!isOver) {
        threadsPeak = Math.max(threadsPeak, ManagementFactory.getThreadMXBean().getThreadCount());
        queuedPeak = Math.max(queuedPeak, scheduler.getQueuedVirtualThreadCount());
        heapPeak = Math.max(heapPeak, heap());
        Thread.sleep(PERIOD_MS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  static long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long processorNs() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static long collectingMs() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  /// Ends it.
  void end() throws InterruptedException {
    isOver = true;
    thread.join();
  }

  /// The peaks, after the end.
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "load program: %.2f s of processor time, %d platform threads, %d virtual threads waiting for"
            + " a carrier, heap %d MiB (before: %d), collecting garbage for %d ms",
        (processorNs() - cpuNs) / 1e9,
        threadsPeak,
        queuedPeak,
        heapPeak >> 20,
        heapBefore >> 20,
        collectingMs() - collectingMs);
  }
}
