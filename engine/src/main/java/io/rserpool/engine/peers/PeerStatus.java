package io.rserpool.engine.peers;

import io.rserpool.protocol.ServerId;
import java.time.Duration;
import java.util.List;

/// What a registrar knows of one peer.
///
/// @param id its identifier
/// @param state how it is regarded
/// @param addresses where it says it can be called, as `tcp://host:port`
/// @param elements whose home it is, in this registrar's copy
/// @param checksum over these elements
/// @param inStep whether its own checksum was the same when it told it last
/// @param silence how long it was not heard
public record PeerStatus(
    ServerId id,
    PeerState state,
    List<String> addresses,
    int elements,
    int checksum,
    boolean inStep,
    Duration silence) {
  public PeerStatus {
    addresses = List.copyOf(addresses);
  }
}
