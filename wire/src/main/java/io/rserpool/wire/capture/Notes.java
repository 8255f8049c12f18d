package io.rserpool.wire.capture;

import java.util.ArrayList;
import java.util.List;

/// Collects what could not be read, up to a limit: a file full of rubbish is told as such.
final class Notes {

  static final int MAX_NOTES = 1000;

  private final List<CaptureNote> notes = new ArrayList<>();

  void add(int frame, String text) {
    if (notes.size() < MAX_NOTES) {
      notes.add(new CaptureNote(frame, text));
    } else if (notes.size() == MAX_NOTES) {
      notes.add(new CaptureNote(frame, "no more than " + MAX_NOTES + " notes are kept"));
    }
  }

  List<CaptureNote> all() {
    return notes;
  }
}
