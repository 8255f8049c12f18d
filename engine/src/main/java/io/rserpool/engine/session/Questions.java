package io.rserpool.engine.session;

/// Numbers the questions of one session, so that each answer finds who asked, and late ones nobody.
final class Questions {

  /// No question is open.
  static final long NONE = 0;

  private long last = NONE;

  long next() {
    return ++last;
  }
}
