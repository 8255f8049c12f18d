package io.rserpool.engine.policy;

import java.util.Arrays;

/// Unsigned 32-bit weights in slots, with the sums of groups of slots, of groups of groups and so
/// on, to find the slot that a number between 0 and the sum of all falls on. Setting and finding
/// cost the logarithm of the number of slots.
final class SumTree {

  private static final int GROUP_BITS = 4;
  private static final int GROUP = 1 << GROUP_BITS;

  /// The weights, then the sums of each sixteen of them, and so on up to sixteen sums or fewer.
  private long[][] levels = {new long[GROUP]};

  private int size;
  private long sum;

  /// The sum of all weights; with fewer than 2^31 slots it fits.
  long sum() {
    return sum;
  }

  /// The weight in a slot.
  long weight(int slot) {
    return levels[0][slot];
  }

  /// Adds a slot behind the last one.
  void add(long weight) {
    int slot = size++;
    if (slot == GROUP << (GROUP_BITS * (levels.length - 1))) {
      long[] top = new long[GROUP];
      top[0] = sum;
      levels = Arrays.copyOf(levels, levels.length + 1);
      levels[levels.length - 1] = top;
    }
    for (int level = 0; level < levels.length; level++) {
      int index = slot >> (GROUP_BITS * level);
      if (index >= levels[level].length) {
        int length = levels[level].length;
        levels[level] = Arrays.copyOf(levels[level], length + (length >> 1));
      }
    }
    set(slot, weight);
  }

  /// Takes the last slot away.
  void removeLast() {
    set(--size, 0);
    int length = levels[0].length;
    if (size >= GROUP && size < length / 4) {
      levels[0] = Arrays.copyOf(levels[0], length / 2);
    }
  }

  /// Replaces a weight.
  void set(int slot, long weight) {
    long difference = weight - levels[0][slot];
    if (difference == 0) {
      return;
    }
    sum += difference;
    int index = slot;
    for (long[] level : levels) {
      level[index] += difference;
      index >>= GROUP_BITS;
    }
  }

  /// The slot that a number falls on, if each takes as many numbers as its weight.
  ///
  /// @param number 0 or more, below the sum
  int find(long number) {
    long rest = number;
    int index = 0;
    for (int level = levels.length - 1; level >= 0; level--) {
      long[] sums = levels[level];
      index <<= GROUP_BITS;
      while (rest >= sums[index]) {
        rest -= sums[index++];
      }
    }
    return index;
  }
}
