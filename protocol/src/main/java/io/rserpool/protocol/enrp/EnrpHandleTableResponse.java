package io.rserpool.protocol.enrp;

import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.util.List;

/// A piece of the handlespace (RFC 5353 section 2.3).
///
/// @param sender the sending registrar
/// @param receiver the registrar it is for, or [ServerId#NONE]
/// @param rejected the R flag
/// @param moreToSend the M flag: ask again for the rest
/// @param pools the pools and elements of this piece; none if rejected or empty
public record EnrpHandleTableResponse(
    ServerId sender, ServerId receiver, boolean rejected, boolean moreToSend, List<PoolEntry> pools)
    implements EnrpMessage {

  /// One pool, or a part of it.
  ///
  /// @param handle the pool
  /// @param elements at least one
  public record PoolEntry(PoolHandle handle, List<PoolElementParameter> elements) {
    public PoolEntry {
      elements = List.copyOf(elements);
      if (elements.isEmpty()) {
        throw new IllegalArgumentException("a table entry lists one element or more");
      }
    }
  }

  public EnrpHandleTableResponse {
    pools = List.copyOf(pools);
    if (rejected && !pools.isEmpty()) {
      throw new IllegalArgumentException("a rejected table request is answered without pools");
    }
  }

  @Override
  public EnrpType type() {
    return EnrpType.HANDLE_TABLE_RESPONSE;
  }
}
