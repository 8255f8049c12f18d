package io.rserpool.engine.element;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapRegistration;

/// What the application wants registered, with its latest policy values.
///
/// @param isIdRandom whether the identifier was chosen here, so that another one may be chosen
record Membership(
    PoolHandle handle,
    ElementId elementId,
    boolean isIdRandom,
    TransportAddress userTransport,
    Policy policy,
    AsapTransport asapTransport) {

  Membership withPolicy(Policy newPolicy) {
    return new Membership(handle, elementId, isIdRandom, userTransport, newPolicy, asapTransport);
  }

  Membership withElementId(ElementId newElementId) {
    return new Membership(handle, newElementId, isIdRandom, userTransport, policy, asapTransport);
  }

  /// Whether a message of a registrar is about this element.
  boolean is(PoolHandle otherHandle, ElementId otherId) {
    return handle.equals(otherHandle) && elementId.equals(otherId);
  }

  /// The registration as it goes over an association (RFC 5352 section 3.1 R2).
  AsapRegistration registration(Link link, int life) {
    return new AsapRegistration(
        handle,
        new PoolElementParameter(
            elementId,
            ServerId.NONE,
            life,
            LocalAddress.fillUser(userTransport, link.localAddress()),
            policy,
            LocalAddress.fill(asapTransport, link.localAddress())));
  }
}
