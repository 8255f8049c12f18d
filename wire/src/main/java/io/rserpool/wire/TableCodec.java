package io.rserpool.wire;

import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.UpdateAction;
import java.util.ArrayList;
import java.util.List;

/// The ENRP messages about the handlespace (RFC 5353 sections 2.2 to 2.4), after the two
/// identifiers.
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +---------------+-------------+-+-------------------------------+
///    |   Type = 2    |0 0 0 0 0 0 0|W|        Message Length         |  ENRP_HANDLE_TABLE_REQUEST
///    +---------------+-------------+-+-------------------------------+
///    |  two identifiers                                              |
///    +---------------------------------------------------------------+
///
///    +---------------+-----------+-+-+-------------------------------+
///    |   Type = 3    |0 0 0 0 0 0|M|R|        Message Length         |  ENRP_HANDLE_TABLE_RESPONSE
///    +---------------+-----------+-+-+-------------------------------+
///    :  two identifiers, any number of pools: Pool Handle, then one  :
///    :  Pool Element or more                                         :
///    +---------------------------------------------------------------+
///
///    +---------------+-------------+-+-------------------------------+
///    |   Type = 4    |0 0 0 0 0 0 0|T|        Message Length         |  ENRP_HANDLE_UPDATE
///    +---------------+-------------+-+-------------------------------+
///    |  two identifiers                                              |
///    +-------------------------------+-------------------------------+
///    |         Update Action         |           reserved            |
///    +-------------------------------+-------------------------------+
///    :  Pool Handle, then Pool Element                               :
///    +---------------------------------------------------------------+
final class TableCodec {

  /// The W flag of a table request.
  static final int OWN_CHILDREN_ONLY = 0x01;

  /// The R flag of a table response.
  static final int REJECTED = 0x01;

  /// The M flag of a table response.
  static final int MORE_TO_SEND = 0x02;

  /// The T flag of an update (takeover suggestion draft).
  static final int TAKEOVER_SUGGESTED = 0x01;

  private TableCodec() {}

  static EnrpHandleTableResponse readResponse(WireReader in, ServerId sender, ServerId receiver) {
    boolean rejected = in.flag(REJECTED);
    if (rejected) {
      in.finish();
    }
    List<EnrpHandleTableResponse.PoolEntry> pools = new ArrayList<>();
    while (in.peek() != TypeCodes.NONE) {
      PoolHandle handle = ParameterCodec.readHandle(in);
      pools.add(new EnrpHandleTableResponse.PoolEntry(handle, ElementCodec.readSomeOwned(in)));
    }
    return new EnrpHandleTableResponse(sender, receiver, rejected, in.flag(MORE_TO_SEND), pools);
  }

  static void write(WireWriter out, EnrpHandleTableResponse message) {
    for (EnrpHandleTableResponse.PoolEntry pool : message.pools()) {
      ParameterCodec.writeHandle(out, pool.handle());
      ElementCodec.writeOwned(out, pool.elements());
    }
  }

  static EnrpHandleUpdate readUpdate(WireReader in, ServerId sender, ServerId receiver) {
    UpdateAction action =
        switch (in.u16()) {
          case 0 -> UpdateAction.ADD_PE;
          case 1 -> UpdateAction.DEL_PE;
          default -> throw in.invalid("the Update Action is neither ADD_PE (0) nor DEL_PE (1)");
        };
    in.u16();
    PoolHandle handle = ParameterCodec.readHandle(in);
    boolean takeoverSuggested = in.flag(TAKEOVER_SUGGESTED);
    return new EnrpHandleUpdate(
        sender, receiver, action, takeoverSuggested, handle, ElementCodec.readOwned(in));
  }

  static void write(WireWriter out, EnrpHandleUpdate message) {
    out.u16(message.action().code());
    out.u16(0);
    ParameterCodec.writeHandle(out, message.handle());
    ElementCodec.writeOwned(out, message.element());
  }
}
