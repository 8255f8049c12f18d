package io.rserpool.engine.element;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Input;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import java.util.List;

/// An association with a registrar that is up, whoever opened it.
///
/// @param registrar the address that was called, or from which the call came
/// @param localAddress by what address the registrar reaches this node
record Link(
    AssociationId association,
    Endpoint registrar,
    AsapTransport localAddress,
    PeerIdentity identity) {

  /// A call that this node made.
  static Link outgoing(Input.AssociationUp up, Endpoint called) {
    return new Link(up.association(), called, up.localAddress(), up.identity());
  }

  /// A call that a registrar made.
  static Link incoming(Input.AssociationUp up) {
    List<String> hosts = up.peerAddresses().stream().map(IpAddress::toString).toList();
    Endpoint caller =
        hosts.isEmpty()
            ? Endpoint.of(Endpoint.Scheme.IN_PROCESS, "peer", 0)
            : new Endpoint(
                up.transport() == TransportAddress.Kind.SCTP
                    ? Endpoint.Scheme.SCTP
                    : Endpoint.Scheme.TCP,
                hosts,
                up.peerPort());
    return new Link(up.association(), caller, up.localAddress(), up.identity());
  }
}
