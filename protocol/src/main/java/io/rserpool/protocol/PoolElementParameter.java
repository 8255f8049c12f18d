package io.rserpool.protocol;

/// What is known of one pool element: the Pool Element parameter (RFC 5354 section 3.10).
///
/// @param elementId chosen by the element, unique in its pool
/// @param homeId the home registrar; [ServerId#NONE] while undetermined
/// @param registrationLife how long the registration lasts without renewal, signed; -1 for ever.
///     The
///     unit belongs to the scope's profile: seconds (RFC 5352 section 3.1), milliseconds in `rsplib`
/// @param userTransport where the service is; never absent
/// @param policy the element's own policy values
/// @param asapTransport where registrars reach the element, or [AsapTransport.Absent#INSTANCE]
public record PoolElementParameter(
    ElementId elementId,
    ServerId homeId,
    int registrationLife,
    TransportAddress userTransport,
    Policy policy,
    AsapTransport asapTransport) {

  /// A registration that never expires.
  public static final int LIFE_INFINITE = -1;

  public PoolElementParameter {
    if (userTransport.kind() == TransportAddress.Kind.NONE) {
      throw new IllegalArgumentException("a pool element has exactly one user transport, not none");
    }
  }

  /// The same element with another home registrar.
  public PoolElementParameter withHome(ServerId newHomeId) {
    return new PoolElementParameter(
        elementId, newHomeId, registrationLife, userTransport, policy, asapTransport);
  }

  /// The same element with other policy values.
  public PoolElementParameter withPolicy(Policy newPolicy) {
    return new PoolElementParameter(
        elementId, homeId, registrationLife, userTransport, newPolicy, asapTransport);
  }

  /// The same element with another ASAP transport.
  public PoolElementParameter withAsapTransport(AsapTransport newAsapTransport) {
    return new PoolElementParameter(
        elementId, homeId, registrationLife, userTransport, policy, newAsapTransport);
  }

  /// The same element with another user transport.
  public PoolElementParameter withUserTransport(TransportAddress newUserTransport) {
    return new PoolElementParameter(
        elementId, homeId, registrationLife, newUserTransport, policy, asapTransport);
  }
}
