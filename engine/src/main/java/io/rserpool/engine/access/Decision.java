package io.rserpool.engine.access;

/// Whether something may be done.
///
/// @param isAllowed whether it may
/// @param reason why not, for people here; whoever asked is not told. Empty if it may
public record Decision(boolean isAllowed, String reason) {

  /// It may be done.
  public static final Decision ALLOWED = new Decision(true, "");

  /// It may not be done.
  public static Decision refused(String reason) {
    return new Decision(false, reason);
  }
}
