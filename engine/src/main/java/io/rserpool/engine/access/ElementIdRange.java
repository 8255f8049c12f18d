package io.rserpool.engine.access;

import io.rserpool.protocol.ElementId;

/// Element identifiers between two, both included.
///
/// @param first not above the last, as unsigned numbers
public record ElementIdRange(ElementId first, ElementId last) {

  public ElementIdRange {
    if (first.isNone() || first.compareTo(last) > 0) {
      throw new IllegalArgumentException(
          "element identifiers are from 1 on, the lower one first, but these are %s-%s"
              .formatted(first, last));
    }
  }

  /// Reads `0x100-0x1ff`, or a single identifier.
  ///
  /// @throws IllegalArgumentException that says what was expected and what was given
  public static ElementIdRange parse(String text) {
    int dash = text.indexOf('-');
    try {
      ElementId first = ElementId.parse(dash < 0 ? text : text.substring(0, dash).strip());
      return new ElementIdRange(
          first, dash < 0 ? first : ElementId.parse(text.substring(dash + 1).strip()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "element identifiers are written 0x100-0x1ff, the lower one first and none of them 0,"
              + " but this is '"
              + text
              + "'",
          e);
    }
  }

  /// Whether an identifier is one of those.
  public boolean contains(ElementId elementId) {
    return first.compareTo(elementId) <= 0 && elementId.compareTo(last) <= 0;
  }

  /// As it is written.
  @Override
  public String toString() {
    return first.equals(last) ? first.toString() : first + "-" + last;
  }
}
