package io.rserpool.engine.handlespace;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;

/// How far a table transfer has come (RFC 5353 section 3.2.3). It stays valid whatever happens to
/// the handlespace meanwhile: the transfer goes on at the next greater key.
public sealed interface Cursor {

  /// Nothing has been transferred yet.
  Cursor START = new Start();

  /// The cursor behind an entry: for who could not use all entries of an extract.
  static Cursor after(ElementEntry<?> entry) {
    return new After(entry.handle(), entry.id());
  }

  /// The beginning.
  record Start() implements Cursor {}

  /// Everything up to and including this element has been transferred.
  record After(PoolHandle handle, ElementId id) implements Cursor {}
}
