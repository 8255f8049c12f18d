package io.rserpool.engine.registrar;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Input;
import io.rserpool.engine.access.Rights;
import io.rserpool.engine.handlespace.Cursor;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolHandle;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// One association with a peer, and all that ends with it.
final class Association {

  private final Input.AssociationUp up;
  private final boolean isLocal;
  private final String identity;
  private final String peer;
  private final SequencedSet<Registration> registrations = new LinkedHashSet<>(4);
  private final SequencedMap<PoolHandle, Subscription> subscriptions = new LinkedHashMap<>(4);
  private boolean isUp = true;
  private Rights rights;
  private int malformed;
  private int refusals;
  private Cursor tableCursor = Cursor.START;
  private boolean tableOwnOnly;
  private long tableUntilNs;

  /// @param rights what the peer may do
  Association(Input.AssociationUp up, Rights rights) {
    this.up = up;
    this.rights = rights;
    this.isLocal = up.peerAddresses().stream().allMatch(IpAddress::isLoopback);
    this.identity =
        up.identity().isAuthenticated()
            ? up.identity().name()
            : up.peerAddresses().isEmpty() ? "local" : up.peerAddresses().getFirst().toString();
    String address =
        up.peerAddresses().isEmpty()
            ? "local"
            : up.peerAddresses().getFirst() + ":" + up.peerPort();
    this.peer = up.identity().isAuthenticated() ? identity + " at " + address : address;
  }

  AssociationId id() {
    return up.association();
  }

  boolean isUp() {
    return isUp;
  }

  void ended() {
    isUp = false;
  }

  AssociationKind kind() {
    return up.kind();
  }

  Input.AssociationUp up() {
    return up;
  }

  /// Whether the peer is on this machine: in this process, or behind loopback addresses.
  boolean isLocal() {
    return isLocal;
  }

  boolean isAuthenticated() {
    return up.identity().isAuthenticated();
  }

  /// The name that the peer has proved; empty if it has proved none.
  String provenName() {
    return up.identity().name();
  }

  Rights rights() {
    return rights;
  }

  /// The policy of the scope is another.
  void rights(Rights newRights) {
    rights = newRights;
  }

  /// Who the peer is for rates and rights: its proven name, or else its first address.
  String identity() {
    return identity;
  }

  /// Who the peer is among those who report: on one machine, every association is somebody else,
  /// unless people have to prove who they are.
  String reporter() {
    return isLocal && !isAuthenticated() && rights.isOpen() ? identity + "/" + id() : identity;
  }

  /// The peer for people.
  String peer() {
    return peer;
  }

  /// The elements that registered over it last.
  SequencedSet<Registration> registrations() {
    return registrations;
  }

  SequencedMap<PoolHandle, Subscription> subscriptions() {
    return subscriptions;
  }

  int countMalformed() {
    return ++malformed;
  }

  int countRefusal() {
    return ++refusals;
  }

  void forgetRefusals() {
    refusals = 0;
  }

  /// Where the table transfer to this peer stands; a session that is over, or a request of the
  /// other
  /// kind, begins anew (RFC 5353 section 3.2.3).
  Cursor tableCursor(boolean ownOnly, long nowNs) {
    boolean goesOn = ownOnly == tableOwnOnly && nowNs < tableUntilNs;
    return goesOn ? tableCursor : Cursor.START;
  }

  void tableCursor(Cursor cursor, boolean ownOnly, long untilNs) {
    tableCursor = cursor;
    tableOwnOnly = ownOnly;
    tableUntilNs = untilNs;
  }
}
