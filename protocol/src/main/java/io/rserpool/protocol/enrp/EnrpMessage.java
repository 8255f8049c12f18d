package io.rserpool.protocol.enrp;

import io.rserpool.protocol.ServerId;

/// Any ENRP message (RFC 5353 section 2).
public sealed interface EnrpMessage
    permits EnrpPresence,
        EnrpHandleTableRequest,
        EnrpHandleTableResponse,
        EnrpHandleUpdate,
        EnrpListRequest,
        EnrpListResponse,
        EnrpInitTakeover,
        EnrpInitTakeoverAck,
        EnrpTakeoverServer,
        EnrpError {

  /// The message type on the wire.
  EnrpType type();

  /// Who sends.
  ServerId sender();

  /// For whom it is; [ServerId#NONE] if for nobody in particular.
  ServerId receiver();
}
