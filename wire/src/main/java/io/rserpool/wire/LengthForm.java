package io.rserpool.wire;

/// How the padding after the last parameter inside a message or parameter is counted. The bytes on
/// the wire are the same, only Length fields differ; receivers accept both.
public enum LengthForm {
  /// A Length stops at the end of the last value (RFC 5354 sections 2 and 3).
  RFC,
  /// A Length runs up to the next multiple of 4, as rsplib sends it.
  PADDING_COUNTED
}
