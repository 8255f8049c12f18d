package io.rserpool.wire;

import io.rserpool.protocol.Profile;

/// The few choices in which the three profiles differ on the wire. Everything else is one format.
///
/// @param lengthForm how Length fields are sent; both forms are always read
/// @param tcpTransportUse whether the second half-word of a TCP transport carries a Transport Use,
///     or is reserved as in RFC 5354 section 3.5: sent as 0 and read as data only
/// @param rsplibCauseCodes whether rsplib's internal error numbers in received causes are read as
///     the RFC 5354 cause with the same meaning
/// @param ownParameters whether our own optional parameters, Leave Request and Registrant, are sent;
///     they are always read
public record WireForm(
    LengthForm lengthForm,
    boolean tcpTransportUse,
    boolean rsplibCauseCodes,
    boolean ownParameters) {

  /// Profile `standard`: the RFCs' format, with a Transport Use in TCP transports.
  public static final WireForm STANDARD = new WireForm(LengthForm.RFC, true, false, true);

  /// Profile `rfc`: the RFCs' format.
  public static final WireForm RFC = new WireForm(LengthForm.RFC, false, false, true);

  /// Profile `rsplib`: the bytes that rsplib would send.
  public static final WireForm RSPLIB = new WireForm(LengthForm.PADDING_COUNTED, true, true, false);

  /// The form that belongs to a profile.
  public static WireForm of(Profile profile) {
    return switch (profile) {
      case STANDARD -> STANDARD;
      case RFC -> RFC;
      case RSPLIB -> RSPLIB;
    };
  }

  /// The same choices with another length form.
  public WireForm withLengthForm(LengthForm newLengthForm) {
    return new WireForm(newLengthForm, tcpTransportUse, rsplibCauseCodes, ownParameters);
  }
}
