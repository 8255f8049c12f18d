package io.rserpool.cli.logging;

import java.util.Locale;

/// How much is logged.
public enum LogLevel {
  /// Nothing.
  OFF,
  /// What a person must act on.
  ERROR,
  /// A peer misbehaves, or this process runs degraded.
  WARN,
  /// Life cycle and changes of ownership.
  INFO,
  /// One line for each transaction.
  DEBUG,
  /// Everything.
  TRACE;

  private static volatile LogLevel chosen = WARN;

  /// Chooses the level of this process; only heard before anything is logged.
  public void choose() {
    chosen = this;
  }

  /// The level of this process.
  static LogLevel chosen() {
    return chosen;
  }

  /// The lower-case name.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
