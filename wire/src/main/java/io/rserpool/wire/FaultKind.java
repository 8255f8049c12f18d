package io.rserpool.wire;

/// What is wrong with bytes that are no acceptable message (RFC 5354 sections 3 and 4).
public enum FaultKind {
  /// There are fewer bytes than a header has, or than the Message Length says.
  TRUNCATED,
  /// A Length is below 4, runs past what contains it, or leaves no room for the fixed fields.
  BAD_LENGTH,
  /// A mandatory parameter is not there.
  MISSING_PARAMETER,
  /// A known parameter stands where it does not belong, or a second time.
  UNEXPECTED_PARAMETER,
  /// A field has a value that its definition excludes.
  INVALID_VALUE,
  /// The message type is not defined; its high bits say whether to report it.
  UNKNOWN_MESSAGE,
  /// An undefined parameter whose high bits say to drop the message.
  UNKNOWN_PARAMETER,
  /// The message is within the format, but exceeds what we are ready to handle.
  LIMIT_EXCEEDED
}
