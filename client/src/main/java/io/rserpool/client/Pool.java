package io.rserpool.client;

import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.time.Duration;
import java.util.List;

/// A pool as a registrar described it.
///
/// @param handle the pool
/// @param policy how the pool chooses; round robin while it is empty
/// @param elements in the order in which they should be used; empty only when told by a watch
/// @param age how old this knowledge is; zero if it comes from the registrar just now
/// @param pushed whether the registrar tells changes by itself; otherwise a watch has to poll
public record Pool(
    PoolHandle handle,
    Policy policy,
    List<PoolElementParameter> elements,
    Duration age,
    boolean pushed) {

  /// A longer list may have been cut to fit a message, so it does not prove absence.
  private static final int LIST_SIZE_TRUSTED = 500;

  /// Keeps a copy of the list.
  public Pool {
    elements = List.copyOf(elements);
  }

  /// Whether what is not listed is not in the pool.
  boolean isWhole() {
    return elements.size() < LIST_SIZE_TRUSTED;
  }
}
