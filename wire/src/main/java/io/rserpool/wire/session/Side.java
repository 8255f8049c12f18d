package io.rserpool.wire.session;

/// Who writes a stream of frames.
public enum Side {
  /// The pool user, who has called.
  USER('U'),
  /// The pool element, which was called.
  ELEMENT('E');

  private final byte mark;

  Side(char mark) {
    this.mark = (byte) mark;
  }

  /// How it is written in the preamble.
  byte mark() {
    return mark;
  }

  /// Who reads what this one writes.
  public Side other() {
    return this == USER ? ELEMENT : USER;
  }
}
