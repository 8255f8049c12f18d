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
/// @param registrant the proven name of whoever registered the element, as registrars tell each other
///     (our own optional parameter 0xbf02); empty if nobody proved or told it
public record PoolElementParameter(
    ElementId elementId,
    ServerId homeId,
    int registrationLife,
    TransportAddress userTransport,
    Policy policy,
    AsapTransport asapTransport,
    String registrant) {

  /// The longest name of a registrant.
  public static final int REGISTRANT_SIZE_MAX = 512;

  /// A registration that never expires.
  public static final int LIFE_INFINITE = -1;

  public PoolElementParameter {
    if (userTransport.kind() == TransportAddress.Kind.NONE) {
      throw new IllegalArgumentException("a pool element has exactly one user transport, not none");
    }
    if (!registrant.isEmpty() && !isRegistrant(registrant)) {
      throw new IllegalArgumentException(
          "a registrant has 1 to %d printable ASCII characters, but this one has %d characters"
              .formatted(REGISTRANT_SIZE_MAX, registrant.length()));
    }
  }

  /// An element of which nobody has told who registered it.
  public PoolElementParameter(
      ElementId elementId,
      ServerId homeId,
      int registrationLife,
      TransportAddress userTransport,
      Policy policy,
      AsapTransport asapTransport) {
    this(elementId, homeId, registrationLife, userTransport, policy, asapTransport, "");
  }

  /// Whether a name can be that of a registrant: neither empty nor longer than
  /// [#REGISTRANT_SIZE_MAX], and nothing but printable ASCII characters.
  public static boolean isRegistrant(String name) {
    boolean isOne = !name.isEmpty() && name.length() <= REGISTRANT_SIZE_MAX;
    for (int i = 0; isOne && i < name.length(); i++) {
      isOne = name.charAt(i) >= ' ' && name.charAt(i) <= '~';
    }
    return isOne;
  }

  /// The same element with another home registrar.
  public PoolElementParameter withHome(ServerId newHomeId) {
    return new PoolElementParameter(
        elementId, newHomeId, registrationLife, userTransport, policy, asapTransport, registrant);
  }

  /// The same element with other policy values.
  public PoolElementParameter withPolicy(Policy newPolicy) {
    return new PoolElementParameter(
        elementId, homeId, registrationLife, userTransport, newPolicy, asapTransport, registrant);
  }

  /// The same element with another ASAP transport.
  public PoolElementParameter withAsapTransport(AsapTransport newAsapTransport) {
    return new PoolElementParameter(
        elementId, homeId, registrationLife, userTransport, policy, newAsapTransport, registrant);
  }

  /// The same element with another user transport.
  public PoolElementParameter withUserTransport(TransportAddress newUserTransport) {
    return new PoolElementParameter(
        elementId, homeId, registrationLife, newUserTransport, policy, asapTransport, registrant);
  }

  /// The same element with another registrant; empty for none.
  public PoolElementParameter withRegistrant(String newRegistrant) {
    return new PoolElementParameter(
        elementId, homeId, registrationLife, userTransport, policy, asapTransport, newRegistrant);
  }
}
