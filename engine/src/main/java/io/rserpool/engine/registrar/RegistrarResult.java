package io.rserpool.engine.registrar;

import io.rserpool.engine.Effect;
import io.rserpool.engine.peers.PeerStatus;
import io.rserpool.protocol.ServerId;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/// What came of a [RegistrarRequest].
public sealed interface RegistrarResult extends Effect.Result {

  /// It is done.
  record Done() implements RegistrarResult {}

  /// How the registrar is doing.
  ///
  /// @param serverId its identifier
  /// @param serving whether it serves; not while it fetches the table
  /// @param ready whether it says that an unknown pool is unknown
  /// @param pools in the handlespace
  /// @param elements in the handlespace
  /// @param ownElements whose home it is
  /// @param silentElements own ones that have missed an answer just now
  /// @param associations that are up
  /// @param subscriptions of users
  /// @param calls to elements under way or waiting
  /// @param checksum over the own elements
  /// @param keepAliveInterval as the budget has it now
  /// @param peers the other registrars by identifier
  /// @param counters how often things have happened since the start, by name
  record Status(
      ServerId serverId,
      boolean serving,
      boolean ready,
      int pools,
      int elements,
      int ownElements,
      int silentElements,
      int associations,
      int subscriptions,
      int calls,
      int checksum,
      Duration keepAliveInterval,
      List<PeerStatus> peers,
      SortedMap<String, Long> counters)
      implements RegistrarResult {
    public Status {
      peers = List.copyOf(peers);
    }
  }
}
