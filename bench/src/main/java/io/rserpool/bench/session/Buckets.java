package io.rserpool.bench.session;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/// Counts events by the 10 ms in which they happened. Any thread counts.
final class Buckets {

  private static final long WIDTH_NS = 10_000_000;
  private static final int SIZE = 12_000;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(SIZE);
  private final AtomicLong beginNs = new AtomicLong(System.nanoTime());

  /// Forgets everything.
  ///
  /// @param nowNs the time, by [System#nanoTime]
  void mark(long nowNs) {
    beginNs.set(nowNs);
    for (int i = 0; i < SIZE; i++) {
      counts.set(i, 0);
    }
  }

  void count(int events, long nowNs) {
    long bucket = (nowNs - beginNs.get()) / WIDTH_NS;
    counts.addAndGet(Math.clamp(bucket, 0, SIZE - 1), events);
  }

  /// In all, and the most in one.
  SortedMap<String, Long> figures() {
    long total = 0;
    long peak = 0;
    for (int i = 0; i < SIZE; i++) {
      total += counts.get(i);
      peak = Math.max(peak, counts.get(i));
    }
    TreeMap<String, Long> figures = new TreeMap<>();
    figures.put("total", total);
    figures.put("peak", peak);
    return figures;
  }
}
