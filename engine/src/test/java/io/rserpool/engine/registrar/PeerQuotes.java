package io.rserpool.engine.registrar;

import io.rserpool.engine.ParameterEncoder;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;

/// Quotes parameters by their text.
final class PeerQuotes implements ParameterEncoder {

  @Override
  public Octets handle(PoolHandle handle) {
    return Octets.ofUtf8("handle " + handle);
  }

  @Override
  public Octets policy(Policy policy) {
    return Octets.ofUtf8("policy " + policy.type());
  }

  @Override
  public Octets transport(TransportAddress transport) {
    return Octets.ofUtf8("transport " + transport.kind());
  }

  @Override
  public Octets element(PoolElementParameter element) {
    return Octets.ofUtf8("element " + element.elementId());
  }
}
