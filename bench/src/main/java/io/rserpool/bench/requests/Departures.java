package io.rserpool.bench.requests;

import java.util.NoSuchElementException;

/// When the requests that have no answer yet were, or should have been, sent; oldest first. A ring
/// of plain numbers, so that measuring costs little beside what is measured.
final class Departures {

  private static final int INITIAL_CAPACITY = 64;

  private long[] timesNs = new long[INITIAL_CAPACITY];
  private int head;
  private int size;
  private int unsent;

  void add(long timeNs) {
    if (size == timesNs.length) {
      grow();
    }
    timesNs[(head + size) & (timesNs.length - 1)] = timeNs;
    size++;
    unsent++;
  }

  long remove() {
    if (size == 0) {
      throw new NoSuchElementException("an answer came to no request");
    }
    long timeNs = timesNs[head];
    head = (head + 1) & (timesNs.length - 1);
    size--;
    return timeNs;
  }

  int size() {
    return size;
  }

  /// How many were added since the last call.
  int takeUnsent() {
    int count = unsent;
    unsent = 0;
    return count;
  }

  private void grow() {
    long[] larger = new long[2 * timesNs.length];
    for (int i = 0; i < size; i++) {
      larger[i] = timesNs[(head + i) & (timesNs.length - 1)];
    }
    timesNs = larger;
    head = 0;
  }
}
