package io.rserpool.engine.session;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import java.util.List;

/// What the registrar told last of the session's pool.
final class PoolSight {

  private List<PoolElementParameter> elements = List.of();
  private boolean isWhole;
  private boolean isPushed;
  private long version;

  /// Takes a newer list.
  ///
  /// @return whether it differs from the one before
  boolean update(List<PoolElementParameter> newest, boolean nowWhole) {
    boolean differs = !newest.equals(elements);
    elements = List.copyOf(newest);
    isWhole = nowWhole;
    version++;
    return differs;
  }

  void pushed(boolean nowPushed) {
    isPushed = nowPushed;
  }

  /// Whether changes come by themselves.
  boolean isPushed() {
    return isPushed;
  }

  /// Counts the lists; what came before an element was chosen says nothing about it.
  long version() {
    return version;
  }

  /// Whether a list that is newer than `from` proves that the element is out of the pool. A list that
  /// may have been cut proves nothing, nor does an empty one: there is nobody to move to.
  boolean lacks(ElementId element, long from) {
    return version > from && isWhole && !elements.isEmpty() && !lists(element);
  }

  boolean lists(ElementId element) {
    return elements.stream().anyMatch(listed -> listed.elementId().equals(element));
  }

  /// Whether what is not listed is not in the pool.
  boolean isWhole() {
    return isWhole;
  }
}
