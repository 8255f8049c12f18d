package io.rserpool.wire.capture;

import java.util.List;

/// What a file turned out to be.
public sealed interface Capture {

  /// A recording, read as far as it goes.
  ///
  /// @param frames how many packets there are
  /// @param messages the ASAP and ENRP messages in them, in order
  /// @param notes what could not be read, in order
  record Recording(int frames, List<CapturedMessage> messages, List<CaptureNote> notes)
      implements Capture {
    public Recording {
      messages = List.copyOf(messages);
      notes = List.copyOf(notes);
    }
  }

  /// A file that is no recording.
  ///
  /// @param text what was expected and what was seen
  record Unreadable(String text) implements Capture {}
}
