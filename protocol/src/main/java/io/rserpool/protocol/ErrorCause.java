package io.rserpool.protocol;

/// One reason in an Operation Error parameter (RFC 5354 section 3.12).
///
/// @param code the number on the wire, 0 to 65535, also if no RFC defines it
/// @param information what the reason is about, as bytes: a returned parameter may itself be
///     broken,
///     so it is decoded for display only
public record ErrorCause(int code, Octets information) {

  public ErrorCause {
    Unsigned.require16("cause code", code);
    if (information.size() > 65_527) {
      throw new IllegalArgumentException(
          "cause information has at most 65527 bytes, but this has " + information.size());
    }
  }

  /// A reason without further information.
  public static ErrorCause of(CauseCode code) {
    return new ErrorCause(code.code(), Octets.EMPTY);
  }

  /// A reason with the parameter or message that it is about.
  public static ErrorCause of(CauseCode code, Octets information) {
    return new ErrorCause(code.code(), information);
  }

  /// The meaning of the number; unknown numbers are unspecified errors.
  public CauseCode cause() {
    return CauseCode.ofCode(code);
  }

  @Override
  public String toString() {
    String name = CauseCode.isDefined(code) ? cause().text() : "Cause 0x%04x".formatted(code);
    return information.isEmpty() ? name : name + " (0x" + information.toHex() + ")";
  }
}
