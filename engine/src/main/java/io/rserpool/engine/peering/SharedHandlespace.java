package io.rserpool.engine.peering;

import io.rserpool.engine.handlespace.Cursor;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse.PoolEntry;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import java.util.List;

/// The handlespace as peers see it: what they ask of it, and what they do to it.
public interface SharedHandlespace {

  /// The checksum over the elements of a home registrar (RFC 5353 section 3.6.2).
  int checksum(ServerId home);

  /// How many elements a home registrar has.
  int count(ServerId home);

  /// Grows whenever an element comes to this home registrar or goes from it.
  long events(ServerId home);

  /// A peer tells of a change (RFC 5353 section 3.3).
  void updated(ServerId peer, EnrpHandleUpdate update);

  /// The next part of the own table for a peer.
  ///
  /// @param ownOnly whether only elements of this registrar are wanted
  Piece piece(boolean ownOnly, Cursor after);

  /// A peer's table begins to come in (RFC 5353 sections 3.2.3 and 3.6.3).
  ///
  /// @param ownOnly whether it is the table of the peer's own elements only
  Transfer begin(ServerId peer, boolean ownOnly);

  /// This registrar becomes the home of a dead one's elements (RFC 5353 section 3.5.2).
  ///
  /// @return how many
  int adopt(ServerId target);

  /// Another registrar has become the home of a dead one's elements; the dead one may be this one.
  ///
  /// @return how many
  int takenOver(ServerId target, ServerId by);

  /// Whether the home of these elements is heard: if not, their lives begin to run.
  void heard(ServerId peer, boolean isHeard);

  /// A part of the table.
  ///
  /// @param end where the next part begins
  /// @param more whether there is a next part
  record Piece(List<PoolEntry> pools, Cursor end, boolean more) {
    public Piece {
      pools = List.copyOf(pools);
    }
  }

  /// A table that comes in.
  interface Transfer {

    /// One pool of it.
    void take(PoolEntry pool);

    /// All of it has come: what it should have contained and did not is removed.
    Outcome finish();

    /// No more of it will come; what came stays.
    void abandon();
  }

  /// What a transfer has changed.
  record Outcome(int added, int replaced, int removed) {}
}
