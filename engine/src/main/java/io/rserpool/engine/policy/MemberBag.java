package io.rserpool.engine.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Members in slots without gaps and without a meaningful order.
///
/// @param <M> the members
final class MemberBag<M extends Member> {

  private static final int CAPACITY_MIN = 4;

  private M[] members = MemberArray.create(CAPACITY_MIN);
  private int size;

  int size() {
    return size;
  }

  M at(int slot) {
    return members[slot];
  }

  void add(M member) {
    if (size == members.length) {
      members = Arrays.copyOf(members, size + (size >> 1));
    }
    member.slot = size;
    members[size++] = member;
  }

  /// Takes a member out and fills its slot with the last one.
  void remove(M member) {
    int slot = member.slot;
    member.slot = Member.NOWHERE;
    M last = members[--size];
    MemberArray.clear(members, size);
    if (slot != size) {
      members[slot] = last;
      last.slot = slot;
    }
    if (size >= CAPACITY_MIN && size < members.length / 4) {
      members = Arrays.copyOf(members, members.length / 2);
    }
  }

  /// Draws different members, all equally likely: the first steps of a shuffle, undone at the end
  /// so that the members themselves need not be touched.
  List<M> draw(int items, RandomGenerator random) {
    if (items == 1 && size > 0) {
      return List.of(members[random.nextInt(size)]);
    }
    int count = Math.min(items, size);
    List<M> drawn = new ArrayList<>(count);
    int[] exchanged = new int[count];
    for (int i = 0; i < count; i++) {
      exchanged[i] = i + random.nextInt(size - i);
      drawn.add(members[exchanged[i]]);
      exchange(i, exchanged[i]);
    }
    for (int i = count - 1; i >= 0; i--) {
      exchange(i, exchanged[i]);
    }
    return drawn;
  }

  private void exchange(int slot, int other) {
    M member = members[slot];
    members[slot] = members[other];
    members[other] = member;
  }
}
