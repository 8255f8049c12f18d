package io.rserpool.engine;

import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;

/// Writes single parameters as bytes, for the error causes that quote one (RFC 5354 section 3.12).
///
/// Engines know no bytes, so the host hands its codec in: whoever builds an engine that answers
/// with such causes passes an implementation to its constructor. Every method returns one whole
/// parameter, header included, in the form of the scope's profile. Implementations are pure
/// functions.
public interface ParameterEncoder {

  /// A Pool Handle parameter (RFC 5354 section 3.9).
  Octets handle(PoolHandle handle);

  /// A Pool Member Selection Policy parameter (RFC 5354 section 3.8).
  Octets policy(Policy policy);

  /// A transport parameter (RFC 5354 sections 3.3 to 3.8).
  Octets transport(TransportAddress transport);

  /// A Pool Element parameter (RFC 5354 section 3.10).
  Octets element(PoolElementParameter element);
}
