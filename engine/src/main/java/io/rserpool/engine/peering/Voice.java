package io.rserpool.engine.peering;

import io.rserpool.engine.Effect;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.util.List;
import java.util.function.Function;

/// What this registrar says to its peers.
final class Voice {

  private final Turn turn;
  private final ServerId id;
  private final boolean namesReceivers;
  private final Peers peers;
  private final SharedHandlespace handlespace;
  private List<AsapTransport> transports = List.of();

  Voice(PeeringContext context) {
    this.turn = context.turn();
    this.id = context.id();
    this.namesReceivers = context.settings().namesReceivers();
    this.peers = context.peers();
    this.handlespace = context.handlespace();
  }

  /// Where this registrar says it can be called.
  void transports(List<AsapTransport> newTransports) {
    transports = newTransports;
  }

  /// Sends to one.
  void say(PeerLink link, EnrpMessage message) {
    if (link.isUp()) {
      turn.send(link.id(), message);
    }
  }

  /// Sends a message to every peer that can be reached (an announcement of RFC 5353 section 3.1).
  ///
  /// @param message makes it for a receiver: [ServerId#NONE], or each by name in scopes that want
  ///     that
  void announce(Function<ServerId, EnrpMessage> message) {
    EnrpMessage forAll = message.apply(ServerId.NONE);
    for (Peer peer : peers.all()) {
      PeerLink link = peer.link();
      if (link != null) {
        say(link, namesReceivers ? message.apply(peer.id()) : forAll);
      }
    }
  }

  /// Tells one that this registrar lives.
  void presence(PeerLink link, ServerId receiver, boolean replyRequired) {
    Peer peer = link.peer();
    if (replyRequired && peer != null) {
      peer.asked(turn.nowNs());
    }
    say(link, presence(receiver, replyRequired, information(link)));
  }

  /// Tells all that this registrar lives.
  void presenceToAll(boolean replyRequired) {
    for (Peer peer : peers.all()) {
      PeerLink link = peer.link();
      if (link != null) {
        presence(link, namesReceivers ? peer.id() : ServerId.NONE, replyRequired);
      }
    }
  }

  /// Tells the multicast group that this registrar lives, if it can be called at all.
  void presenceToGroup(boolean replyRequired) {
    if (!transports.isEmpty()) {
      ServerInformation information = new ServerInformation(id, transports);
      turn.effect(new Effect.AnnouncePresence(presence(ServerId.NONE, replyRequired, information)));
    }
  }

  /// Where this registrar is, for whoever is behind an association.
  ServerInformation information(PeerLink link) {
    if (!transports.isEmpty()) {
      return new ServerInformation(id, transports);
    }
    return link.local() instanceof AsapTransport.Absent
        ? ServerInformation.NONE
        : new ServerInformation(id, List.of(link.local()));
  }

  private EnrpPresence presence(
      ServerId receiver, boolean replyRequired, ServerInformation information) {
    return new EnrpPresence(id, receiver, replyRequired, handlespace.checksum(id), information);
  }
}
