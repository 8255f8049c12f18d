package io.rserpool.engine.handlespace;

import io.rserpool.protocol.ServerId;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// The elements of one pool that are held but not selected. Only pools that have some have this.
///
/// Those with a valid policy are in the order in which they would lead the pool: the highest home
/// server identifier first, then the lowest element identifier. So an element must leave before
/// its home or its policy changes, and come back after that.
///
/// @param <S> the owner's own state of each element
final class Misfits<S> {

  private final NavigableSet<ElementEntry<S>> candidates =
      new TreeSet<>(
          Comparator.<ElementEntry<S>, ServerId>comparing(ElementEntry::home)
              .reversed()
              .thenComparing(ElementEntry::id));

  /// How many there are, those included whose policy is not valid.
  private int size;

  int size() {
    return size;
  }

  /// Takes an element.
  ///
  /// @param valid whether its policy is known and has values that make sense
  void add(ElementEntry<S> entry, boolean valid) {
    if (valid) {
      candidates.add(entry);
    }
    size++;
  }

  /// Lets go of an element, which may be one without a valid policy.
  void remove(ElementEntry<S> entry) {
    candidates.remove(entry);
    size--;
  }

  /// The first of those with a valid policy.
  Optional<ElementEntry<S>> first() {
    return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.first());
  }
}
