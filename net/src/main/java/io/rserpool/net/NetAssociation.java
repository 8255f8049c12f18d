package io.rserpool.net;

import io.rserpool.engine.AssociationId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One association of this node, or a call that is to become one, whatever its transport. As in
/// [io.rserpool.runtime.Transport], no event comes from within a call.
interface NetAssociation {

  /// Sends one message, with the next [NodeContext#settle] at the latest.
  void send(byte[] message, int stream, int payloadProtocolId);

  /// Ends it in order.
  void close();

  /// Breaks it at once.
  void abort();

  /// All associations of a node that its host knows, by their numbers.
  final class Table {

    /// Only looked up, and emptied at the end.
    private final Map<AssociationId, NetAssociation> byId = new HashMap<>();

    /// Adds an association, or puts one in the place of the call that led to it.
    void put(AssociationId id, NetAssociation association) {
      byId.put(id, association);
    }

    /// The association with that number, or one that does nothing.
    NetAssociation get(AssociationId id) {
      return byId.getOrDefault(id, GONE);
    }

    /// Takes an association out.
    ///
    /// @return whether it was there, so that nobody is told twice
    boolean remove(AssociationId id) {
      return byId.remove(id) != null;
    }

    /// Takes all out.
    List<NetAssociation> drain() {
      List<NetAssociation> all = new ArrayList<>(byId.values());
      byId.clear();
      return all;
    }
  }

  /// Stands for every association that is not there any more.
  NetAssociation GONE =
      new NetAssociation() {
        @Override
        public void send(byte[] message, int stream, int payloadProtocolId) {}

        @Override
        public void close() {}

        @Override
        public void abort() {}
      };
}
