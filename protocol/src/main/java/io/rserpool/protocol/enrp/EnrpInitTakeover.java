package io.rserpool.protocol.enrp;

import io.rserpool.protocol.ServerId;

/// The target seems dead and the sender wants to take over its elements (RFC 5353 section 2.7).
///
/// @param sender the sending registrar
/// @param receiver the registrar it is for, or [ServerId#NONE]
/// @param target the registrar that is to be taken over
public record EnrpInitTakeover(ServerId sender, ServerId receiver, ServerId target)
    implements EnrpMessage {

  @Override
  public EnrpType type() {
    return EnrpType.INIT_TAKEOVER;
  }
}
