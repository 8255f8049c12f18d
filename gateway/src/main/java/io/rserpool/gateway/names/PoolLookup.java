package io.rserpool.gateway.names;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/// Finds the addresses that the name of a pool stands for.
@FunctionalInterface
interface PoolLookup {

  /// The addresses, the one to use first at the head.
  ///
  /// @throws IOException that says why there are none
  List<InetAddress> addresses(String host) throws IOException;
}
