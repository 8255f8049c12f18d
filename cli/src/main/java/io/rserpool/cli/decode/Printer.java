package io.rserpool.cli.decode;

import io.rserpool.wire.capture.CaptureNote;
import io.rserpool.wire.capture.CapturedMessage;

/// Shows what was decoded, one message after the other.
interface Printer {

  /// A message of unknown origin.
  void message(Decoding decoding);

  /// A message from a recording.
  void message(CapturedMessage captured, Decoding decoding);

  /// Something that is missing from a recording.
  void note(CaptureNote note);
}
