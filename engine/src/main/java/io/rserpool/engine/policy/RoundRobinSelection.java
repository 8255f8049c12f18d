package io.rserpool.engine.policy;

import io.rserpool.protocol.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A circular list with a head: an answer begins at the head, and then the head moves on (RFC 5356
/// section 4.1.2). New members go to the end, which is right before the head.
///
/// The links are in the members themselves, so every step takes constant time.
///
/// @param <M> the members
final class RoundRobinSelection<M extends Member> implements Selection<M> {

  private final int steps;
  private @Nullable M head;
  private int size;

  RoundRobinSelection(int steps) {
    this.steps = steps;
  }

  @Override
  public void add(M member) {
    M first = head;
    if (first == null) {
      link(member, member);
      head = member;
    } else {
      link(previous(first), member);
      link(member, first);
    }
    size++;
  }

  /// Nothing to do: a member keeps its turn.
  @Override
  public void renew(M member, Policy before) {}

  @Override
  @SuppressWarnings("ReferenceEquality") // Links are a matter of identity.
  public void remove(M member) {
    M following = next(member);
    link(previous(member), following);
    if (member == head) {
      head = following == member ? null : following;
    }
    member.next = null;
    member.previous = null;
    size--;
  }

  @Override
  public List<M> select(int items, RandomGenerator random) {
    List<M> selected = preview(items, random);
    int stepped = Math.min(steps, selected.size());
    if (stepped > 0) {
      head = next(selected.get(stepped - 1));
    }
    return selected;
  }

  @Override
  public List<M> preview(int items, RandomGenerator random) {
    M member = head;
    if (member == null) {
      return List.of();
    }
    if (items == 1) {
      return List.of(member);
    }
    int count = Math.min(items, size);
    List<M> found = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      found.add(member);
      member = next(member);
    }
    return found;
  }

  private static void link(Member left, Member right) {
    left.next = right;
    right.previous = left;
  }

  private M next(M member) {
    return linked(member.next);
  }

  private M previous(M member) {
    return linked(member.previous);
  }

  /// Only members of this list are ever linked to members of this list.
  @SuppressWarnings("unchecked")
  private M linked(@Nullable Member neighbour) {
    if (neighbour == null) {
      throw new IllegalStateException(
          "expected a member of the circular list, saw one without links");
    }
    return (M) neighbour;
  }
}
