package io.rserpool.protocol.asap;

import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.util.List;

/// The sender's own pool, and whom to turn to if it fails (RFC 5352 section 2.2.13).
///
/// @param handle the sender's pool
/// @param elements at least one, in the wished failover order
public record AsapBusinessCard(PoolHandle handle, List<PoolElementParameter> elements)
    implements AsapMessage {

  public AsapBusinessCard {
    elements = List.copyOf(elements);
    if (elements.isEmpty()) {
      throw new IllegalArgumentException("a business card lists one element or more");
    }
  }

  @Override
  public AsapType type() {
    return AsapType.BUSINESS_CARD;
  }
}
