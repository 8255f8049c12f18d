package io.rserpool.protocol.enrp;

import io.rserpool.protocol.ServerId;

/// Which registrars do you know? (RFC 5353 section 2.5)
///
/// @param sender the sending registrar
/// @param receiver the registrar it is for, or [ServerId#NONE]
public record EnrpListRequest(ServerId sender, ServerId receiver) implements EnrpMessage {

  @Override
  public EnrpType type() {
    return EnrpType.LIST_REQUEST;
  }
}
