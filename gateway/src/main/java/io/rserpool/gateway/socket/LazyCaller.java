package io.rserpool.gateway.socket;

import io.rserpool.gateway.GatewaySettings;
import io.rserpool.gateway.call.PoolCaller;
import java.util.function.Supplier;

/// The shared caller of some settings, opened when a pool is called for the first time: a factory
/// whose sockets only reach ordinary hosts costs nothing.
record LazyCaller(GatewaySettings settings) implements Supplier<PoolCaller> {
  @Override
  public PoolCaller get() {
    return PoolCaller.shared(settings);
  }
}
