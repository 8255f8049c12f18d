package io.rserpool.examples;

import io.rserpool.client.PoolUser;
import io.rserpool.client.Subscription;
import io.rserpool.protocol.PoolHandle;

/// Prints a line at every change of a pool.
final class PoolWatcher {

  private PoolWatcher() {}

  static Subscription watch(PoolUser user, String pool) {
    return user.watch(
        PoolHandle.of(pool),
        now -> System.out.println(now.handle() + " has " + now.elements().size() + " elements"));
  }
}
