package io.rserpool.wire.session;

/// Why a stream cannot be read any further.
///
/// @param kind what is wrong
/// @param offset where, counted from the start of the stream
/// @param text what was expected and what was seen, for people
public record FrameFault(Kind kind, long offset, String text) implements FrameStep {

  /// What can be wrong.
  public enum Kind {
    /// The stream does not begin with the preamble: something else is spoken there.
    NO_PREAMBLE,
    /// The stream begins with the reader's own preamble: it is sent back, or both sides called.
    OWN_PREAMBLE,
    /// The preamble names another version.
    OTHER_VERSION,
    /// A frame without payload.
    EMPTY,
    /// A frame longer than its limit.
    TOO_LONG,
    /// The stream ended within the preamble or a frame.
    CUT_SHORT
  }
}
