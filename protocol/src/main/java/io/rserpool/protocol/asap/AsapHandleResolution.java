package io.rserpool.protocol.asap;

import io.rserpool.protocol.PoolHandle;

/// Who serves this pool? (RFC 5352 section 2.2.5)
///
/// @param handle the pool
/// @param sendUpdates the S flag: tell later changes, too
/// @param items how many elements are wanted (handle resolution option draft): 0 leaves it to the
///     registrar, [#ALL_ITEMS] asks for as many as possible
public record AsapHandleResolution(PoolHandle handle, boolean sendUpdates, long items)
    implements AsapMessage {

  /// As many elements as the registrar will give.
  public static final long ALL_ITEMS = 0xffff_ffffL;

  public AsapHandleResolution {
    if (items < 0 || items > ALL_ITEMS) {
      throw new IllegalArgumentException(
          "items must be an unsigned 32-bit number, but is " + items);
    }
  }

  @Override
  public AsapType type() {
    return AsapType.HANDLE_RESOLUTION;
  }
}
