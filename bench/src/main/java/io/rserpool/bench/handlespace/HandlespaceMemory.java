package io.rserpool.bench.handlespace;

import io.rserpool.protocol.PoolElementParameter;
import java.lang.ref.Reference;

/// Measures the heap that an element takes in a handlespace of 100,000, with everything that is
/// known of it: the used heap with and without it, after garbage collection.
final class HandlespaceMemory {

  private static final int SIZE = 100_000;

  private HandlespaceMemory() {}

  /// Bytes per element, the element's own values included.
  static long bytesPerElement(Subject.Kind kind, Workload.Choice choice) {
    // Everything that is loaded or made once is made before.
    fill(kind, choice, 1000);
    long before = used();
    Subject full = fill(kind, choice, SIZE);
    try {
      return (used() - before) / SIZE;
    } finally {
      Reference.reachabilityFence(full);
    }
  }

  /// Bytes of an element's own values.
  static long bytesPerValue(Workload.Choice choice) {
    long before = used();
    PoolElementParameter[] elements = Workload.elements(choice, SIZE);
    try {
      // The array that holds them is not theirs.
      return (used() - before) / SIZE - 4;
    } finally {
      Reference.reachabilityFence(elements);
    }
  }

  private static Subject fill(Subject.Kind kind, Workload.Choice choice, int size) {
    Subject subject = kind.create();
    for (PoolElementParameter element : Workload.elements(choice, size)) {
      subject.register(element);
    }
    return subject;
  }

  private static long used() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
