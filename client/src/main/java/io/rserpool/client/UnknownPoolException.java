package io.rserpool.client;

import io.rserpool.protocol.PoolHandle;

/// The registrar knows no pool of that handle, which is the same as an empty pool. A retry makes
/// sense where an element of the pool is expected to come.
public final class UnknownPoolException extends RSerPoolException {

  private final transient PoolHandle handle;

  UnknownPoolException(PoolHandle handle) {
    super("pool=" + handle + " has no element: the registrar knows no such pool");
    this.handle = handle;
  }

  /// {@return the pool that was asked for}
  public PoolHandle handle() {
    return handle;
  }

  @Override
  public boolean isRetryable() {
    return true;
  }
}
