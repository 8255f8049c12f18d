package io.rserpool.grpc;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;

/// Elements as a registrar tells them.
final class Elements {

  private static final int LIFE_S = 300;

  private Elements() {}

  static PoolElementParameter of(int id, Policy policy) {
    return at(id, 7000 + id, policy);
  }

  static PoolElementParameter at(int id, int port, Policy policy) {
    return new PoolElementParameter(
        new ElementId(id),
        ServerId.NONE,
        LIFE_S,
        new AsapTransport.Tcp(new IpAddress.V4(0x7f000001), port),
        policy,
        AsapTransport.Absent.INSTANCE);
  }
}
