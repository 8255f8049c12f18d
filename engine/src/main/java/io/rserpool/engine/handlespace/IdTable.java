package io.rserpool.engine.handlespace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The entries of one pool by element identifier, for look-up only: a hash table with open
/// addressing, at most two thirds full, without tombstones.
///
/// @param <S> the owner's own state of each element
final class IdTable<S> {

  private static final int CAPACITY_MIN = 4;

  private @Nullable ElementEntry<S>[] slots = newSlots(CAPACITY_MIN);
  private int size;

  int size() {
    return size;
  }

  @Nullable ElementEntry<S> find(int id) {
    int slot = home(id);
    ElementEntry<S> entry = slots[slot];
    while (entry != null && entry.key() != id) {
      slot = slot + 1 & slots.length - 1;
      entry = slots[slot];
    }
    return entry;
  }

  /// Adds an entry whose identifier is not there yet.
  void add(ElementEntry<S> entry) {
    if (3 * (size + 1) > 2 * slots.length) {
      resize(2 * slots.length);
    }
    insert(entry);
    size++;
  }

  /// Removes the entry with an identifier that is there.
  void remove(int id) {
    int slot = home(id);
    ElementEntry<S> entry = slots[slot];
    while (entry == null || entry.key() != id) {
      if (entry == null) {
        throw new IllegalStateException("expected identifier 0x%08x, saw none".formatted(id));
      }
      slot = slot + 1 & slots.length - 1;
      entry = slots[slot];
    }
    size--;
    closeGap(slot);
    if (slots.length > CAPACITY_MIN && 8 * size < slots.length) {
      resize(slots.length / 2);
    }
  }

  /// Moves up what was pushed beyond its own slot by what is no longer there.
  private void closeGap(int gapSlot) {
    int gap = gapSlot;
    int slot = gap;
    while (true) {
      slot = slot + 1 & slots.length - 1;
      ElementEntry<S> entry = slots[slot];
      if (entry == null) {
        slots[gap] = null;
        return;
      }
      int distance = slot - home(entry.key()) & slots.length - 1;
      if (distance >= (slot - gap & slots.length - 1)) {
        slots[gap] = entry;
        gap = slot;
      }
    }
  }

  private void insert(ElementEntry<S> entry) {
    int slot = home(entry.key());
    while (slots[slot] != null) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = entry;
  }

  private void resize(int capacity) {
    @Nullable ElementEntry<S>[] old = slots;
    slots = newSlots(capacity);
    for (ElementEntry<S> entry : Arrays.asList(old)) {
      if (entry != null) {
        insert(entry);
      }
    }
  }

  /// Where an entry belongs: the upper bits of a product that depends on all bits of the
  /// identifier, since elements may number themselves by some rule.
  private int home(int id) {
    return (id * 0x9e37_79b9) >>> (32 - Integer.numberOfTrailingZeros(slots.length));
  }

  /// An array that never leaves this class, so its element type is never looked at.
  @SuppressWarnings("unchecked")
  private static <S> @Nullable ElementEntry<S>[] newSlots(int capacity) {
    return (ElementEntry<S>[]) new ElementEntry<?>[capacity];
  }
}
