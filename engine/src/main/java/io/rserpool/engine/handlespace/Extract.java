package io.rserpool.engine.handlespace;

import java.util.List;

/// A part of the handlespace, for a table transfer (RFC 5353 section 2.3).
///
/// @param entries in the order of pool handle and, within a pool, of element identifier
/// @param next where the next extract begins; [Cursor#after] makes one in between
/// @param more whether there is anything behind these entries now
/// @param <S> the owner's own state of each element
public record Extract<S>(List<ElementEntry<S>> entries, Cursor next, boolean more) {
  public Extract {
    entries = List.copyOf(entries);
  }
}
