package io.rserpool.protocol.asap;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ServerId;
import java.util.List;

/// Here is a registrar (RFC 5352 section 2.2.10), sent by multicast.
///
/// @param serverId the registrar
/// @param transports its ASAP addresses; none means SCTP at the datagram's source
public record AsapServerAnnounce(ServerId serverId, List<AsapTransport> transports)
    implements AsapMessage {

  public AsapServerAnnounce {
    transports = List.copyOf(transports);
    if (transports.contains(AsapTransport.Absent.INSTANCE)) {
      throw new IllegalArgumentException("an announced transport is SCTP or TCP, not absent");
    }
  }

  @Override
  public AsapType type() {
    return AsapType.SERVER_ANNOUNCE;
  }
}
