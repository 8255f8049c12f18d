package io.rserpool.engine.registrar;

import io.rserpool.engine.handlespace.Cursor;
import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.engine.handlespace.Extract;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpError;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse.PoolEntry;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpInitTakeover;
import io.rserpool.protocol.enrp.EnrpInitTakeoverAck;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import io.rserpool.protocol.enrp.EnrpTakeoverServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Answers whoever asks by ENRP what this registrar knows: its handle table in pieces, the servers,
/// its
/// presence (RFC 5353 sections 2.1, 2.3, 2.6 and 3.2.3). The asker need not be a registrar, and is
/// not
/// remembered as one; sender 0 is welcome, so that tools can look without joining.
final class PeerInquiries {

  private final Turn turn;
  private final ServerId id;
  private final Membership membership;
  private final Offences offences;
  private final int elementsMax;
  private final int bytesMax;
  private final long sessionNs;
  private List<AsapTransport> transports = List.of();

  PeerInquiries(
      Turn turn,
      ServerId id,
      RegistrarSettings settings,
      Membership membership,
      Offences offences) {
    this.turn = turn;
    this.id = id;
    this.membership = membership;
    this.offences = offences;
    this.elementsMax = settings.count(RegistrarSetting.TABLE_ELEMENTS);
    this.bytesMax = settings.count(RegistrarSetting.TABLE_BYTES);
    this.sessionNs = settings.ns(RegistrarSetting.TABLE_SESSION);
  }

  void start(List<AsapTransport> enrpTransports) {
    transports = enrpTransports;
  }

  /// An ENRP message has come. Nothing that it says changes anything here.
  void received(Association association, EnrpMessage message) {
    if (!message.receiver().isNone() && !message.receiver().equals(id)) {
      offences.senseless(association, message.type() + " for registrar " + message.receiver());
      return;
    }
    switch (message) {
      case EnrpHandleTableRequest request -> table(association, request);
      case EnrpListRequest request -> list(association, request);
      case EnrpPresence presence -> {
        if (presence.replyRequired()) {
          presence(association, presence);
        }
      }
      case EnrpError error ->
          turn.emit(new RegistrarEvent.ErrorReceived(association.peer(), error.causes()));
      case EnrpHandleTableResponse _,
          EnrpHandleUpdate _,
          EnrpListResponse _,
          EnrpInitTakeover _,
          EnrpInitTakeoverAck _,
          EnrpTakeoverServer _ ->
          offences.senseless(association, message.type() + " from a stranger");
    }
  }

  private void presence(Association association, EnrpPresence request) {
    turn.send(
        association.id(),
        new EnrpPresence(
            id,
            request.sender(),
            false,
            membership.handlespace().checksum(id),
            serverInformation(association)));
  }

  private void list(Association association, EnrpListRequest request) {
    ServerInformation own = serverInformation(association);
    turn.send(
        association.id(),
        new EnrpListResponse(id, request.sender(), false, own.isNone() ? List.of() : List.of(own)));
  }

  private ServerInformation serverInformation(Association association) {
    if (!transports.isEmpty()) {
      return new ServerInformation(id, transports);
    }
    AsapTransport local = association.up().localAddress();
    return local instanceof AsapTransport.Absent
        ? ServerInformation.NONE
        : new ServerInformation(id, List.of(local));
  }

  private void table(Association association, EnrpHandleTableRequest request) {
    boolean ownOnly = request.ownChildrenOnly();
    Cursor cursor = association.tableCursor(ownOnly, turn.nowNs());
    Extract<Registration> extract =
        ownOnly
            ? membership.handlespace().extractOwned(id, cursor, elementsMax)
            : membership.handlespace().extract(cursor, elementsMax);
    List<ElementEntry<Registration>> piece = fitting(extract.entries());
    boolean isCut = piece.size() < extract.entries().size();
    boolean more = isCut || extract.more();
    if (more) {
      association.tableCursor(Cursor.after(piece.getLast()), ownOnly, turn.nowNs() + sessionNs);
    } else {
      association.tableCursor(Cursor.START, ownOnly, turn.nowNs());
    }
    turn.send(
        association.id(),
        new EnrpHandleTableResponse(id, request.sender(), false, more, grouped(piece)));
  }

  /// As many entries as fit, but one at least.
  private List<ElementEntry<Registration>> fitting(List<ElementEntry<Registration>> entries) {
    int bytes = ResponseSize.MESSAGE_OVERHEAD;
    int count = 0;
    ElementEntry<Registration> before = null;
    for (ElementEntry<Registration> entry : entries) {
      boolean isNewPool = before == null || !before.handle().equals(entry.handle());
      bytes += ResponseSize.of(entry.element()) + (isNewPool ? ResponseSize.of(entry.handle()) : 0);
      if (bytes > bytesMax && count > 0) {
        break;
      }
      count++;
      before = entry;
    }
    return entries.subList(0, count);
  }

  private static List<PoolEntry> grouped(List<ElementEntry<Registration>> entries) {
    Map<PoolHandle, List<PoolElementParameter>> byPool = new LinkedHashMap<>();
    for (ElementEntry<Registration> entry : entries) {
      byPool.computeIfAbsent(entry.handle(), _ -> new ArrayList<>()).add(entry.element());
    }
    List<PoolEntry> pools = new ArrayList<>();
    byPool.forEach((handle, elements) -> pools.add(new PoolEntry(handle, elements)));
    return pools;
  }
}
