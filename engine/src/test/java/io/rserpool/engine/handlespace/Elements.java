package io.rserpool.engine.handlespace;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;

/// Pool elements for tests.
final class Elements {

  static final ServerId HOME = ServerId.of(1);

  private Elements() {}

  static PoolElementParameter element(int id, Policy policy) {
    return element(id, HOME, policy);
  }

  static PoolElementParameter element(int id, ServerId home, Policy policy) {
    IpAddress address = new IpAddress.V4(0x0a00_0000 + (id & 0xff_ffff));
    return new PoolElementParameter(
        ElementId.of(id),
        home,
        300,
        new AsapTransport.Tcp(address, 7),
        policy,
        new AsapTransport.Tcp(address, 3863));
  }
}
