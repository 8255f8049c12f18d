package io.rserpool.protocol.enrp;

import io.rserpool.protocol.ServerId;

/// Give me the handlespace (RFC 5353 section 2.2).
///
/// @param sender the sending registrar
/// @param receiver the registrar it is for, or [ServerId#NONE]
/// @param ownChildrenOnly the W flag: only elements whose home is the receiver
public record EnrpHandleTableRequest(ServerId sender, ServerId receiver, boolean ownChildrenOnly)
    implements EnrpMessage {

  @Override
  public EnrpType type() {
    return EnrpType.HANDLE_TABLE_REQUEST;
  }
}
