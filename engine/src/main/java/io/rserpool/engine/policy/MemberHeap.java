package io.rserpool.engine.policy;

import java.util.Arrays;
import java.util.List;

/// Members ordered by rank and, at equal ranks, by sequence number; any of them can be moved or
/// removed in the logarithm of their number.
///
/// A heap of four children per node. What is moved about in it are numbers only: the sort keys, the
/// children of a node beside each other, and for each node the slot of its member. A member keeps
/// its slot as long as it is here, and each slot tells its node; so no member is touched but the
/// one that a call is about.
///
/// @param <M> the members
final class MemberHeap<M extends Member> {

  private static final int ARITY = 4;
  private static final int CAPACITY_MIN = 4;
  private static final int NONE = -1;

  /// Rank and sequence number of each node in turn.
  private long[] keys = new long[2 * CAPACITY_MIN];

  /// The slot of each node's member.
  private int[] slots = new int[CAPACITY_MIN];

  /// The node of each slot's member; for a slot out of use, the next such slot.
  private int[] nodes = new int[CAPACITY_MIN];

  private M[] members = MemberArray.create(CAPACITY_MIN);
  private int size;

  /// Slots are taken into use in order; those that were given back come first.
  private int slotsUsed;

  private int firstFree = NONE;

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

  @SuppressWarnings("ReferenceEquality") // It is the very same member or none.
  boolean contains(M member) {
    return member.slot >= 0 && member.slot < slotsUsed && members[member.slot] == member;
  }

  M first() {
    return members[slots[0]];
  }

  long firstRank() {
    return keys[0];
  }

  long rank(M member) {
    return keys[2 * nodes[member.slot]];
  }

  long sequence(M member) {
    return keys[2 * nodes[member.slot] + 1];
  }

  void add(M member, long rank, long sequence) {
    int slot = firstFree;
    if (slot == NONE) {
      if (slotsUsed == members.length) {
        resize(slotsUsed + (slotsUsed >> 1));
      }
      slot = slotsUsed++;
    } else {
      firstFree = nodes[slot];
    }
    members[slot] = member;
    member.slot = slot;
    siftUp(size++, slot, rank, sequence);
  }

  void move(M member, long rank, long sequence) {
    int slot = member.slot;
    int node = nodes[slot];
    if (isBefore(rank, sequence, node)) {
      siftUp(node, slot, rank, sequence);
    } else {
      siftDown(node, slot, rank, sequence);
    }
  }

  void remove(M member) {
    int node = nodes[member.slot];
    free(member);
    size--;
    if (node != size) {
      int slot = slots[size];
      long rank = keys[2 * size];
      long sequence = keys[2 * size + 1];
      if (node > 0 && isBefore(rank, sequence, (node - 1) / ARITY)) {
        siftUp(node, slot, rank, sequence);
      } else {
        siftDown(node, slot, rank, sequence);
      }
    }
    if (size >= CAPACITY_MIN && size < members.length / 4) {
      compact();
    }
  }

  private void free(M member) {
    MemberArray.clear(members, member.slot);
    nodes[member.slot] = firstFree;
    firstFree = member.slot;
    member.slot = Member.NOWHERE;
  }

  private void resize(int capacity) {
    keys = Arrays.copyOf(keys, 2 * capacity);
    slots = Arrays.copyOf(slots, capacity);
    nodes = Arrays.copyOf(nodes, capacity);
    members = Arrays.copyOf(members, capacity);
  }

  /// Gives every member the slot of its node's number, so that the arrays can be cut in half.
  private void compact() {
    M[] old = members;
    members = MemberArray.create(old.length / 2);
    for (int node = 0; node < size; node++) {
      M member = old[slots[node]];
      members[node] = member;
      member.slot = node;
      slots[node] = node;
      nodes[node] = node;
    }
    slotsUsed = size;
    firstFree = NONE;
    resize(members.length);
  }

  /// Adds a number to all ranks.
  void shift(long difference) {
    for (int node = 0; node < size; node++) {
      keys[2 * node] += difference;
    }
  }

  /// Appends the first members in order, until the list has as many as wanted; nothing changes.
  /// Each costs the logarithm of their number.
  void listFirst(int wanted, List<M> found) {
    if (size > 0) {
      pushFrontier(0);
    }
    while (found.size() < wanted && frontierSize > 0) {
      int node = popFrontier();
      found.add(members[slots[node]]);
      int end = Math.min(ARITY * node + ARITY + 1, size);
      for (int child = ARITY * node + 1; child < end; child++) {
        pushFrontier(child);
      }
    }
    frontierSize = 0;
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
