package io.rserpool.engine.handlespace;

import io.rserpool.protocol.PoolHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/// Walks through parts of pools in the order of a table transfer (RFC 5353 section 3.2.3).
final class Transfer {

  private Transfer() {}

  /// At most `count` entries behind a cursor.
  static <S> Extract<S> extract(
      NavigableMap<PoolHandle, ? extends Part<S>> parts, Cursor after, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "an extract has 1 element or more, but is to have " + count);
    }
    // One more than wanted tells whether there is more.
    int wanted = count == Integer.MAX_VALUE ? count : count + 1;
    List<ElementEntry<S>> found = new ArrayList<>();
    NavigableMap<PoolHandle, ? extends Part<S>> rest =
        switch (after) {
          case Cursor.Start _ -> parts;
          case Cursor.After(var handle, var id) -> {
            Part<S> part = parts.get(handle);
            if (part != null) {
              part.pool().list(part.ids().after(id.value(), wanted), found);
            }
            yield parts.tailMap(handle, false);
          }
        };
    for (Part<S> part : rest.values()) {
      if (found.size() >= wanted) {
        break;
      }
      part.pool().list(part.ids().first(wanted - found.size()), found);
    }
    boolean more = found.size() > count;
    List<ElementEntry<S>> entries = more ? found.subList(0, count) : found;
    return new Extract<>(
        entries, entries.isEmpty() ? after : Cursor.after(entries.getLast()), more);
  }
}
