package io.rserpool.protocol;

import java.util.List;

/// Why something was refused or not understood: the error cause codes of RFC 5354 section 3.12.
public enum CauseCode {
  UNSPECIFIED(0, "Unspecified Error"),
  UNRECOGNIZED_PARAMETER(1, "Unrecognized Parameter"),
  UNRECOGNIZED_MESSAGE(2, "Unrecognized Message"),
  INVALID_VALUES(3, "Invalid Values"),
  NON_UNIQUE_ELEMENT_ID(4, "Non-Unique PE Identifier"),
  INCONSISTENT_POLICY(5, "Inconsistent Pooling Policy"),
  LACK_OF_RESOURCES(6, "Lack of Resources"),
  INCONSISTENT_TRANSPORT(7, "Inconsistent Transport Type"),
  INCONSISTENT_TRANSPORT_USE(8, "Inconsistent Data/Control Configuration"),
  UNKNOWN_POOL_HANDLE(9, "Unknown Pool Handle"),
  SECURITY(10, "Rejected Due to Security Considerations");

  private static final List<CauseCode> ALL = List.of(values());

  private final int code;
  private final String text;

  CauseCode(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /// The number on the wire.
  public int code() {
    return code;
  }

  /// The name that RFC 5354 gives it.
  public String text() {
    return text;
  }

  /// The cause with the given number; an unknown number is an [#UNSPECIFIED] error (RFC 5354).
  public static CauseCode ofCode(int code) {
    return isDefined(code) ? ALL.get(code) : UNSPECIFIED;
  }

  /// Whether RFC 5354 defines the number.
  public static boolean isDefined(int code) {
    return code >= 0 && code < ALL.size();
  }
}
