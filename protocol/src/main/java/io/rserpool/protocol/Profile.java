package io.rserpool.protocol;

import java.util.Locale;

/// The behaviour that all members of one operation scope share. It chooses the form of a few fields
/// on the wire and the default of every timer and threshold; each of those can be set on its own.
public enum Profile {
  /// Behaviour of the RFCs with timers of today; the default.
  STANDARD,
  /// Behaviour and timers of the RFCs.
  RFC,
  /// Timers and peculiarities of rsplib, for scopes shared with it.
  RSPLIB;

  /// Reads the lower-case name.
  ///
  /// @throws IllegalArgumentException if there is no such profile
  public static Profile parse(String text) {
    for (Profile profile : values()) {
      if (profile.toString().equals(text)) {
        return profile;
      }
    }
    throw new IllegalArgumentException(
        "a profile is one of standard, rfc and rsplib, but this is '" + text + "'");
  }

  /// The lower-case name, as it is written in configurations.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
