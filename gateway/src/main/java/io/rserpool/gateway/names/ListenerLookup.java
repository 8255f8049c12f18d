package io.rserpool.gateway.names;

import io.rserpool.gateway.GatewaySettings;
import io.rserpool.gateway.call.PoolCaller;
import io.rserpool.gateway.listen.ListenerOptions;
import io.rserpool.gateway.listen.PoolListener;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// A name is a loopback address of its own, where this process forwards connections to the pool:
/// each pool has one, so that all have the ports that programs expect.
final class ListenerLookup implements PoolLookup {

  /// Addresses that are tried for one pool: another process of this machine may have some of them.
  private static final int TRIES = 100;

  private static final int POOLS_MAX = 1000;

  private record Listening(InetAddress address, List<PoolListener> listeners) {}

  private final GatewaySettings settings;
  private final List<Integer> ports;
  private final HashMap<PoolHandle, Listening> pools = new HashMap<>();

  ListenerLookup(GatewaySettings settings, List<Integer> ports) {
    this.settings = settings;
    this.ports = ports;
  }

  @Override
  public List<InetAddress> addresses(String host) throws IOException {
    PoolCaller caller = PoolCaller.shared(settings);
    PoolHandle handle = caller.handle(host, settings.scope().callTimeout());
    if (!isListening(handle)) {
      caller.require(handle, settings.scope().callTimeout());
    }
    synchronized (pools) {
      Listening listening = pools.get(handle);
      if (listening == null) {
        listening = listen(handle);
        pools.put(handle, listening);
      }
      return List.of(InetAddress.getByAddress(host, listening.address().getAddress()));
    }
  }

  private boolean isListening(PoolHandle handle) {
    synchronized (pools) {
      return pools.containsKey(handle);
    }
  }

  private Listening listen(PoolHandle handle) throws IOException {
    if (pools.size() >= POOLS_MAX) {
      throw new IOException("pool=" + handle + ": there are listeners for 1000 pools already");
    }
    IOException last = new IOException("pool=" + handle + ": nothing was tried");
    for (int attempt = 0; attempt < TRIES; attempt++) {
      InetAddress address = address(handle, attempt);
      List<PoolListener> listeners = new ArrayList<>();
      try {
        for (int port : ports) {
          listeners.add(
              PoolListener.open(
                  settings,
                  handle,
                  new InetSocketAddress(address, port),
                  ListenerOptions.defaults()));
        }
        return new Listening(address, List.copyOf(listeners));
      } catch (IOException e) {
        listeners.forEach(PoolListener::close);
        last = e;
      }
    }
    throw last;
  }

  /// Addresses from 127.64.0.1, the same for a pool in every run where they are free.
  static InetAddress address(PoolHandle handle, int attempt) throws IOException {
    int at = Math.floorMod(handle.hashCode() * 31 + attempt * 7919, 62 * 254 * 254);
    return InetAddress.getByAddress(
        new byte[] {
          127, (byte) (64 + at / (254 * 254)), (byte) (1 + at / 254 % 254), (byte) (1 + at % 254)
        });
  }
}
