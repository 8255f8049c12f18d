package io.rserpool.cli.survey;

import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse.PoolEntry;
import java.util.List;

/// What a registrar has told of itself.
///
/// @param id its server identifier
/// @param information where it is reached, or [ServerInformation#NONE] if it did not say
/// @param checksum the ownership checksum of its own elements, or -1 if it did not say
/// @param peers the registrars that it knows, without itself
/// @param pools its handlespace, each pool once, in the order of the answer
public record RegistrarView(
    ServerId id,
    ServerInformation information,
    int checksum,
    List<ServerInformation> peers,
    List<PoolEntry> pools) {
  public RegistrarView {
    peers = List.copyOf(peers);
    pools = List.copyOf(pools);
  }
}
