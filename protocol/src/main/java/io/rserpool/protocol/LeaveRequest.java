package io.rserpool.protocol;

/// How an element is asked to leave its pool by hand: our own optional parameter 0xbf01 in
/// ASAP_DEREGISTRATION and its response (listed in `docs/deviations.md`). Its type's high bits let
/// everybody who does not know it skip it, and a deregistration remains what it is.
public enum LeaveRequest {
  /// The parameter is absent: the element leaves by its own will, or its registration ran out.
  NONE(0),
  /// Out of the pool at once, and not back again under the same identifier for a while.
  REMOVE(1),
  /// Out of the pool, existing sessions served to their end, then the element stops by itself.
  DRAIN(2);

  private final int code;

  LeaveRequest(int code) {
    this.code = code;
  }

  /// The number on the wire.
  public int code() {
    return code;
  }

  /// The request with the given number; numbers from the future read as the plain [#REMOVE].
  public static LeaveRequest ofCode(long code) {
    return code == 0 ? NONE : code == 2 ? DRAIN : REMOVE;
  }
}
