package io.rserpool.engine.peering;

import io.rserpool.engine.peers.PeerState;
import io.rserpool.protocol.ServerId;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The registrars on the peer list, by identifier; [PeerList] decides who they are.
final class Peers {

  private final NavigableMap<ServerId, Peer> byId = new TreeMap<>();

  @Nullable Peer find(ServerId id) {
    return byId.get(id);
  }

  void add(Peer peer) {
    byId.put(peer.id(), peer);
  }

  void remove(Peer peer) {
    byId.remove(peer.id());
  }

  int size() {
    return byId.size();
  }

  /// All of them; a copy.
  List<Peer> all() {
    return List.copyOf(byId.values());
  }

  /// How many are in a state.
  int count(PeerState state) {
    int count = 0;
    for (Peer peer : byId.values()) {
      count += peer.state() == state ? 1 : 0;
    }
    return count;
  }

  /// The slowest round trip to any of them.
  long slowestRoundTripNs() {
    long slowest = 0;
    for (Peer peer : byId.values()) {
      slowest = Math.max(slowest, peer.roundTripNs());
    }
    return slowest;
  }
}
