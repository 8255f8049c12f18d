package io.rserpool.protocol.enrp;

import io.rserpool.protocol.ServerId;

/// Go ahead with the takeover (RFC 5353 section 2.8).
///
/// @param sender the sending registrar
/// @param receiver the registrar it is for, or [ServerId#NONE]
/// @param target the registrar that is to be taken over
public record EnrpInitTakeoverAck(ServerId sender, ServerId receiver, ServerId target)
    implements EnrpMessage {

  @Override
  public EnrpType type() {
    return EnrpType.INIT_TAKEOVER_ACK;
  }
}
