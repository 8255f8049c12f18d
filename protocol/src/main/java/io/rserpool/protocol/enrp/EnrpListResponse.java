package io.rserpool.protocol.enrp;

import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import java.util.List;

/// The registrars that the sender knows (RFC 5353 section 2.6).
///
/// @param sender the sending registrar
/// @param receiver the registrar it is for, or [ServerId#NONE]
/// @param rejected the R flag: ask later, or another
/// @param servers none if rejected
public record EnrpListResponse(
    ServerId sender, ServerId receiver, boolean rejected, List<ServerInformation> servers)
    implements EnrpMessage {

  public EnrpListResponse {
    servers = List.copyOf(servers);
    if (servers.contains(ServerInformation.NONE)) {
      throw new IllegalArgumentException("every listed server has a transport");
    }
    if (rejected && !servers.isEmpty()) {
      throw new IllegalArgumentException("a rejected list request is answered without servers");
    }
  }

  @Override
  public EnrpType type() {
    return EnrpType.LIST_RESPONSE;
  }
}
