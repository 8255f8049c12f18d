package io.rserpool.engine.user;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// The elements of which the application was told, by whatever answer or event. Only these may be
/// reported: RFC 5352 section 3.5 forbids reports on elements to which the user never asked to send,
/// and it cannot have sent to one that it does not know.
final class Named {

  /// Some forty of the largest answers; who was named longest ago is forgotten first.
  private static final int MAX = 65_536;

  private record Name(PoolHandle handle, ElementId elementId) {}

  private final SequencedSet<Name> names = new LinkedHashSet<>();

  void add(PoolHandle handle, ElementId elementId) {
    names.addLast(new Name(handle, elementId));
    if (names.size() > MAX) {
      names.removeFirst();
    }
  }

  boolean contains(PoolHandle handle, ElementId elementId) {
    return names.contains(new Name(handle, elementId));
  }

  void clear() {
    names.clear();
  }
}
