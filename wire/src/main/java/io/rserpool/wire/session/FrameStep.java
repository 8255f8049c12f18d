package io.rserpool.wire.session;

/// What the next bytes of a stream turned out to be.
public sealed interface FrameStep permits FrameStep.Start, Frame, FrameStep.More, FrameFault {

  /// The preamble is there, and is what was expected; once, before all frames.
  enum Start implements FrameStep {
    START
  }

  /// All bytes were taken, and more are needed.
  enum More implements FrameStep {
    MORE
  }
}
