package io.rserpool.protocol.enrp;

import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;

/// An element came, changed or left (RFC 5353 section 2.4).
///
/// @param sender the sending registrar
/// @param receiver the registrar it is for, or [ServerId#NONE]
/// @param action what happened
/// @param takeoverSuggested the T flag: the receiver would be a better home (takeover draft)
/// @param handle the pool
/// @param element the complete element
public record EnrpHandleUpdate(
    ServerId sender,
    ServerId receiver,
    UpdateAction action,
    boolean takeoverSuggested,
    PoolHandle handle,
    PoolElementParameter element)
    implements EnrpMessage {

  @Override
  public EnrpType type() {
    return EnrpType.HANDLE_UPDATE;
  }
}
