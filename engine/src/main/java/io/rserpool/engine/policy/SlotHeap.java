package io.rserpool.engine.policy;

import java.util.Arrays;
import java.util.List;

/// Slots ordered by rank and, at equal ranks, by sequence number; any of them can be moved or
/// removed in the logarithm of their number. The members in the slots are kept elsewhere, see
/// [MemberBag].
///
/// A heap of four children per node. It is made of numbers only, and the sort keys of a node's
/// children are beside each other: a change touches few cache lines, and no member.
final class SlotHeap {

  private static final int ARITY = 4;
  private static final int CAPACITY_MIN = 4;
  private static final int NOWHERE = -1;

  /// Rank and sequence number of each node in turn.
  private long[] keys = new long[2 * CAPACITY_MIN];

  /// The slot of each node.
  private int[] slots = new int[CAPACITY_MIN];

  /// The node of each slot.
  private int[] nodes = {};

  private int size;

  /// Nodes in the order of their keys, as a binary heap: where [#listFirst] looks next. Empty
  /// between calls.
  private int[] frontier = new int[4 * ARITY];

  private int frontierSize;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean contains(int slot) {
    return slot < nodes.length && nodes[slot] != NOWHERE;
  }

  int first() {
    return slots[0];
  }

  long firstRank() {
    return keys[0];
  }

  long rank(int slot) {
    return keys[2 * nodes[slot]];
  }

  long sequence(int slot) {
    return keys[2 * nodes[slot] + 1];
  }

  void add(int slot, long rank, long sequence) {
    if (size == slots.length) {
      resize(size + (size >> 1));
    }
    if (slot >= nodes.length) {
      int length = nodes.length;
      nodes = Arrays.copyOf(nodes, Math.max(slot + 1, length + (length >> 1)));
      Arrays.fill(nodes, length, nodes.length, NOWHERE);
    }
    siftUp(size++, slot, rank, sequence);
  }

  void move(int slot, long rank, long sequence) {
    int node = nodes[slot];
    if (isBefore(rank, sequence, node)) {
      siftUp(node, slot, rank, sequence);
    } else {
      siftDown(node, slot, rank, sequence);
    }
  }

  void remove(int slot) {
    int node = nodes[slot];
    nodes[slot] = NOWHERE;
    size--;
    if (node != size) {
      int last = slots[size];
      long rank = keys[2 * size];
      long sequence = keys[2 * size + 1];
      if (node > 0 && isBefore(rank, sequence, (node - 1) / ARITY)) {
        siftUp(node, last, rank, sequence);
      } else {
        siftDown(node, last, rank, sequence);
      }
    }
    if (size >= CAPACITY_MIN && size < slots.length / 8) {
      resize(slots.length / 2);
    }
  }

  /// What was in the last slot of all, if it is here, is in another slot from now on, and the last
  /// slot is gone.
  void renumber(int last, int slot) {
    if (slot != last && contains(last)) {
      nodes[slot] = nodes[last];
      slots[nodes[slot]] = slot;
      nodes[last] = NOWHERE;
    }
    if (last >= CAPACITY_MIN && last < nodes.length / 8) {
      nodes = Arrays.copyOf(nodes, nodes.length / 2);
    }
  }

  /// Adds a number to all ranks.
  void shift(long difference) {
    for (int node = 0; node < size; node++) {
      keys[2 * node] += difference;
    }
  }

  /// Appends the members in the first slots in order, until the list has as many as wanted; nothing
  /// changes. Each costs the logarithm of their number.
  <M extends Member> void listFirst(int wanted, MemberBag<M> members, List<M> found) {
    if (size > 0) {
      pushFrontier(0);
    }
    while (found.size() < wanted && frontierSize > 0) {
      int node = popFrontier();
      found.add(members.at(slots[node]));
      int end = Math.min(ARITY * node + ARITY + 1, size);
      for (int child = ARITY * node + 1; child < end; child++) {
        pushFrontier(child);
      }
    }
    frontierSize = 0;
  }

  private void resize(int capacity) {
    keys = Arrays.copyOf(keys, 2 * capacity);
    slots = Arrays.copyOf(slots, capacity);
  }

  private void siftUp(int start, int slot, long rank, long sequence) {
    int node = start;
    while (node > 0) {
      int parent = (node - 1) / ARITY;
      if (!isBefore(rank, sequence, parent)) {
        break;
      }
      copy(parent, node);
      node = parent;
    }
    place(node, slot, rank, sequence);
  }

  private void siftDown(int start, int slot, long rank, long sequence) {
    int node = start;
    while (ARITY * node + 1 < size) {
      int best = ARITY * node + 1;
      int end = Math.min(best + ARITY, size);
      for (int child = best + 1; child < end; child++) {
        if (isBefore(child, best)) {
          best = child;
        }
      }
      if (isBefore(rank, sequence, best)) {
        break;
      }
      copy(best, node);
      node = best;
    }
    place(node, slot, rank, sequence);
  }

  private boolean isBefore(int node, int other) {
    return isBefore(keys[2 * node], keys[2 * node + 1], other);
  }

  private boolean isBefore(long rank, long sequence, int other) {
    long otherRank = keys[2 * other];
    return rank < otherRank || (rank == otherRank && sequence < keys[2 * other + 1]);
  }

  private void copy(int from, int to) {
    place(to, slots[from], keys[2 * from], keys[2 * from + 1]);
  }

  private void place(int node, int slot, long rank, long sequence) {
    keys[2 * node] = rank;
    keys[2 * node + 1] = sequence;
    slots[node] = slot;
    nodes[slot] = node;
  }

  private void pushFrontier(int node) {
    if (frontierSize == frontier.length) {
      frontier = Arrays.copyOf(frontier, 2 * frontierSize);
    }
    int at = frontierSize++;
    while (at > 0 && isBefore(node, frontier[(at - 1) / 2])) {
      frontier[at] = frontier[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    frontier[at] = node;
  }

  private int popFrontier() {
    int first = frontier[0];
    int last = frontier[--frontierSize];
    int at = 0;
    while (2 * at + 1 < frontierSize) {
      int child = 2 * at + 1;
      if (child + 1 < frontierSize && isBefore(frontier[child + 1], frontier[child])) {
        child++;
      }
      if (!isBefore(frontier[child], last)) {
        break;
      }
      frontier[at] = frontier[child];
      at = child;
    }
    frontier[at] = last;
    return first;
  }
}
