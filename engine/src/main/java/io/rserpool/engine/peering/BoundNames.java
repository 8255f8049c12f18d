package io.rserpool.engine.peering;

import io.rserpool.protocol.ServerId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;

/// To whom server identifiers belong in a secured scope: to the identity that used each first. A
/// registrar takes another one at each start, so each identity keeps its last few; none can push out
/// those of another.
final class BoundNames {

  /// Identifiers of one identity; the oldest is forgotten first.
  private static final int PER_IDENTITY = 16;

  /// Identities, of which there are as many as certificates of registrars; the oldest is forgotten
  /// first.
  private static final int IDENTITIES_MAX = 1_000;

  private final HashMap<ServerId, String> owners = new HashMap<>();
  private final LinkedHashMap<String, Deque<ServerId>> used = new LinkedHashMap<>();

  /// Whether an identity may use an identifier; one that nobody has used belongs to it from now on.
  boolean belongsTo(ServerId id, String identity) {
    String owner = owners.putIfAbsent(id, identity);
    if (owner != null) {
      return owner.equals(identity);
    }
    Deque<ServerId> own = used.computeIfAbsent(identity, _ -> new ArrayDeque<>());
    own.addLast(id);
    if (own.size() > PER_IDENTITY) {
      owners.remove(own.removeFirst());
    }
    if (used.size() > IDENTITIES_MAX) {
      used.pollFirstEntry().getValue().forEach(owners::remove);
    }
    return true;
  }

  /// To whom an identifier belongs; empty if nobody has used it.
  String ownerOf(ServerId id) {
    return owners.getOrDefault(id, "");
  }
}
