package io.rserpool.sim.network;

import io.rserpool.engine.AssociationKind;

/// Hears what engines are about to be told, and by whom: so it can be known what became of it when the
/// engine has handled it (see [Node.Watcher]).
public interface Tap {

  /// Hears nothing.
  Tap NONE =
      new Tap() {
        @Override
        public void takes(Node to, Node from, AssociationKind kind, byte[] message) {}

        @Override
        public void hears(Node to, Node from) {}
      };

  /// An engine is about to take a message.
  ///
  /// @param message not to be changed
  void takes(Node to, Node from, AssociationKind kind, byte[] message);

  /// An engine is about to hear that an association is up, or gone, that another machine has opened, or
  /// to take an announcement of it.
  void hears(Node to, Node from);
}
