package io.rserpool.engine.registrar;

import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;

/// Hears of every change of the handlespace: subscribed users are told by one, and whoever else
/// keeps
/// a copy by another. Called after the change is done.
interface PoolListener {

  /// An element is new.
  void added(ElementEntry<Registration> entry);

  /// An element has registered again, or was moved.
  ///
  /// @param previous what was known of it
  /// @param changed whether anything that users see is different
  void renewed(ElementEntry<Registration> entry, PoolElementParameter previous, boolean changed);

  /// An element has another home registrar, and nothing else is new.
  ///
  /// @param previous the one before
  void rehomed(ElementEntry<Registration> entry, ServerId previous);

  /// An element is gone; its entry can still be read.
  void removed(ElementEntry<Registration> entry);
}
