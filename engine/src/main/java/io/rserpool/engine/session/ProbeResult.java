package io.rserpool.engine.session;

/// What became of calling an element that its pool is without.
public enum ProbeResult {
  /// Nobody is let in there: it leaves in order and serves its present users to their end.
  REFUSES,
  /// It lets users in: it is frozen, or was taken out by hand and has not heard of it yet.
  ACCEPTS,
  /// It cannot be reached.
  UNREACHABLE
}
