package io.rserpool.engine.registrar;

import io.rserpool.engine.peers.PeerStatus;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.util.List;
import java.util.SortedMap;

/// What a registrar knows, for looking at only: tests and simulations compare several registrars by
/// it. It shows the present state at each call; used on the thread of the engine.
public interface RegistrarView {

  /// One element as it is kept.
  ///
  /// @param living whether the registrar itself has heard it lately, over an association that is up
  record Element(PoolHandle handle, PoolElementParameter element, boolean living) {}

  /// Its identifier.
  ServerId id();

  /// Whether it serves; not while it starts, or after it was away for long.
  boolean isServing();

  /// Grows with every change of the handlespace.
  long changes();

  /// All elements by pool handle and identifier; a copy.
  List<Element> elements();

  /// The checksum over the elements of one home registrar (RFC 5353 section 3.6.2).
  int checksum(ServerId home);

  /// The peers by identifier; a copy.
  List<PeerStatus> peers();

  /// How many of everything are kept, by name: what must stay bounded.
  SortedMap<String, Integer> sizes();
}
