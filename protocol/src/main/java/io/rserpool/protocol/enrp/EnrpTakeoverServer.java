package io.rserpool.protocol.enrp;

import io.rserpool.protocol.ServerId;

/// The sender has taken over the target's elements (RFC 5353 section 2.9).
///
/// @param sender the sending registrar
/// @param receiver the registrar it is for, or [ServerId#NONE]
/// @param target the registrar that is to be taken over
public record EnrpTakeoverServer(ServerId sender, ServerId receiver, ServerId target)
    implements EnrpMessage {

  @Override
  public EnrpType type() {
    return EnrpType.TAKEOVER_SERVER;
  }
}
