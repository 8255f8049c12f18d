package io.rserpool.engine.peering;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.turn.Turn;
import java.util.LinkedHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The associations that speak ENRP, those that are being opened included.
final class Links {

  private final Turn turn;
  private final Lines lines;
  private final LinkedHashMap<AssociationId, PeerLink> byId = new LinkedHashMap<>();
  private BiConsumer<PeerLink, String> onLoss = (_, _) -> {};

  Links(Turn turn, Lines lines) {
    this.turn = turn;
    this.lines = lines;
  }

  /// Who hears that an association with a peer is gone, and why.
  void listen(BiConsumer<PeerLink, String> listener) {
    onLoss = listener;
  }

  @Nullable PeerLink find(AssociationId id) {
    return byId.get(id);
  }

  int size() {
    return byId.size();
  }

  int uploading() {
    long nowNs = turn.nowNs();
    return (int) byId.values().stream().filter(link -> link.isUploading(nowNs)).count();
  }

  /// Calls an endpoint; the caller hears what becomes of it.
  PeerLink call(Endpoint endpoint, PeerLink.Caller caller) {
    AssociationId id = turn.newAssociation();
    PeerLink link = new PeerLink(id, new PeerLink.Call(endpoint, caller));
    byId.put(id, link);
    turn.effect(new Effect.Open(id, AssociationKind.ENRP, endpoint));
    return link;
  }

  /// An association is up, opened by either side.
  ///
  /// @param reads whether the other side may read, and nothing more
  void up(Input.AssociationUp up, boolean reads) {
    PeerLink known = byId.get(up.association());
    if (known == null && up.association().isOutgoing()) {
      lines.close(up.association()); // Given up meanwhile.
      return;
    }
    PeerLink link = known == null ? new PeerLink(up.association(), null) : known;
    byId.put(up.association(), link);
    link.up(up, reads);
    PeerLink.Call call = link.call();
    if (call != null) {
      call.caller().accepted(link);
    }
  }

  /// An association is gone, or could not be opened.
  void down(AssociationId id, LossReason reason, String detail) {
    PeerLink link = byId.remove(id);
    if (link == null) {
      return;
    }
    Peer peer = link.peer();
    PeerLink.Call call = link.call();
    if (peer != null) {
      peer.links().remove(link);
    }
    if (call != null && peer == null) {
      boolean refused = reason == LossReason.REFUSED || reason == LossReason.RESET;
      call.caller().failed(link, refused, reason + " " + detail);
    } else {
      onLoss.accept(link, reason + " " + detail);
    }
  }

  /// Ends one to somebody who is not who he says; whoever called him hears that he refused.
  void refuse(PeerLink link, String why) {
    close(link);
    PeerLink.Call call = link.call();
    if (call != null && link.peer() == null) {
      call.caller().failed(link, true, why);
    }
  }

  /// Ends one without telling anybody here.
  void close(PeerLink link) {
    if (byId.remove(link.id()) != null) {
      Peer peer = link.peer();
      if (peer != null) {
        peer.links().remove(link);
      }
      lines.close(link.id());
    }
  }
}
