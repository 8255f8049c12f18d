package io.rserpool.engine.session.cookie;

/// Why a cookie was not taken.
public enum Refusal {
  /// It is none that was sealed.
  MALFORMED,
  /// This server does not have the key that it names.
  UNKNOWN_KEY,
  /// It was changed on the way, or sealed by somebody who does not have the key.
  FORGED,
  /// It belongs to another pool.
  FOREIGN_POOL,
  /// It belongs to another user.
  FOREIGN_IDENTITY,
  /// It was sealed at a time that has not come: a clock is wrong.
  FROM_THE_FUTURE,
  /// It is too old.
  STALE,
  /// The user has shown a newer one of the same session before.
  NEWER_SEEN,
  /// It came after data of the session had come.
  LATE,
  /// This server takes none at all.
  NOT_TAKEN
}
