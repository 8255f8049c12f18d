package io.rserpool.engine.peering;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Input;
import io.rserpool.engine.handlespace.Cursor;
import io.rserpool.protocol.AsapTransport;
import org.jspecify.annotations.Nullable;

/// One association that speaks ENRP, or an attempt to open one.
final class PeerLink {

  private final AssociationId id;
  private final @Nullable Call call;
  private Input.@Nullable AssociationUp up;
  private boolean isReader;
  private @Nullable Peer peer;
  private Cursor cursor = Cursor.START;
  private boolean cursorOwnOnly;
  private long cursorUntilNs;

  /// Who called, and hears what becomes of it.
  interface Caller {

    /// The call was accepted.
    void accepted(PeerLink link);

    /// Nobody accepted, or the association ended without a word from there.
    ///
    /// @param refused whether the other side itself said so
    void failed(PeerLink link, boolean refused, String detail);
  }

  /// An attempt of this registrar.
  record Call(Endpoint endpoint, Caller caller) {}

  /// @param call how it was opened, or nothing if the other side did
  PeerLink(AssociationId id, @Nullable Call call) {
    this.id = id;
    this.call = call;
  }

  AssociationId id() {
    return id;
  }

  @Nullable Call call() {
    return call;
  }

  boolean isUp() {
    return up != null;
  }

  /// @param reads whether the other side may read, and nothing more
  void up(Input.AssociationUp newUp, boolean reads) {
    up = newUp;
    isReader = reads;
  }

  /// Whether the other side is no registrar, and only asks.
  boolean isReader() {
    return isReader;
  }

  /// The name that the other side has proved; empty if none.
  String identity() {
    return up == null ? "" : up.identity().name();
  }

  /// Who has spoken on it, if anybody has.
  @Nullable Peer peer() {
    return peer;
  }

  void peer(Peer newPeer) {
    peer = newPeer;
  }

  /// An own address of it.
  AsapTransport local() {
    return up == null ? AsapTransport.Absent.INSTANCE : up.localAddress();
  }

  /// The other side's first address, for people.
  String address() {
    if (call != null) {
      return call.endpoint().toString();
    }
    return up == null || up.peerAddresses().isEmpty()
        ? "local"
        : up.peerAddresses().getFirst() + ":" + up.peerPort();
  }

  /// Where the table transfer to the other side stands; a transfer that is over, or of the other
  /// kind, begins anew (RFC 5353 section 3.2.3).
  Cursor cursor(boolean ownOnly, long nowNs) {
    return isUploading(nowNs) && ownOnly == cursorOwnOnly ? cursor : Cursor.START;
  }

  boolean isUploading(long nowNs) {
    return nowNs < cursorUntilNs;
  }

  void cursor(Cursor newCursor, boolean ownOnly, long untilNs) {
    cursor = newCursor;
    cursorOwnOnly = ownOnly;
    cursorUntilNs = untilNs;
  }
}
