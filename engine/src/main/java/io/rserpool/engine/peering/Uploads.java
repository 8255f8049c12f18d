package io.rserpool.engine.peering;

import io.rserpool.engine.handlespace.Cursor;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpListResponse;
import java.util.ArrayList;
import java.util.List;

/// Answers who asks for the table or for the list of servers (RFC 5353 sections 2.3, 2.6, 3.2.2.2
/// and 3.2.3). The asker need not be a registrar.
final class Uploads {

  private final Turn turn;
  private final ServerId id;
  private final PeeringSettings settings;
  private final Peers peers;
  private final Links links;
  private final SharedHandlespace handlespace;
  private final Voice voice;

  Uploads(PeeringContext context, Links links, Voice voice) {
    this.turn = context.turn();
    this.id = context.id();
    this.settings = context.settings();
    this.peers = context.peers();
    this.links = links;
    this.handlespace = context.handlespace();
    this.voice = voice;
  }

  /// Somebody asks for the table.
  ///
  /// @param isServing whether this registrar has a table that is worth something
  void table(PeerLink link, EnrpHandleTableRequest request, boolean isServing) {
    boolean isBusy = !link.isUploading(turn.nowNs()) && links.uploading() >= settings.uploadsMax();
    if (isBusy || !(isServing || settings.answersWhileStarting())) {
      voice.say(link, new EnrpHandleTableResponse(id, request.sender(), true, false, List.of()));
      return;
    }
    boolean ownOnly = request.ownChildrenOnly();
    Cursor cursor = link.cursor(ownOnly, turn.nowNs());
    SharedHandlespace.Piece piece = handlespace.piece(ownOnly, cursor);
    long untilNs = piece.more() ? turn.nowNs() + settings.uploadNs() : turn.nowNs();
    link.cursor(piece.end(), ownOnly, untilNs);
    voice.say(
        link,
        new EnrpHandleTableResponse(id, request.sender(), false, piece.more(), piece.pools()));
  }

  /// Somebody asks for the servers: this one, and those that are known to live.
  void list(PeerLink link, EnrpListRequest request, boolean isServing) {
    if (!(isServing || settings.answersWhileStarting())) {
      voice.say(link, new EnrpListResponse(id, request.sender(), true, List.of()));
      return;
    }
    List<ServerInformation> servers = new ArrayList<>();
    servers.add(voice.information(link));
    for (Peer peer : peers.all()) {
      if (peer.isActive()) {
        servers.add(peer.information());
      }
    }
    servers.removeIf(ServerInformation::isNone);
    voice.say(link, new EnrpListResponse(id, request.sender(), false, servers));
  }
}
