package io.rserpool.cli.console;

import org.jspecify.annotations.Nullable;

/// Ends a command with a sentence for its user instead of a stack trace.
public final class CommandFailure extends RuntimeException {
  private final int exitCode;

  private CommandFailure(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /// What was asked for did not work.
  ///
  /// @param message what happened, to whom, and whether trying again makes sense
  public static CommandFailure failed(String message) {
    return failed(message, null);
  }

  /// What was asked for did not work.
  ///
  /// @param message what happened, to whom, and whether trying again makes sense
  public static CommandFailure failed(String message, @Nullable Throwable cause) {
    return new CommandFailure(ExitCode.FAILED, message, cause);
  }

  /// The command line or a configuration file is mistaken.
  ///
  /// @param message names the option, what was expected and what was given
  public static CommandFailure mistaken(String message) {
    return mistaken(message, null);
  }

  /// The command line or a configuration file is mistaken.
  ///
  /// @param message names the option, what was expected and what was given
  public static CommandFailure mistaken(String message, @Nullable Throwable cause) {
    return new CommandFailure(ExitCode.USAGE, message, cause);
  }

  /// The status with which the program ends.
  public int exitCode() {
    return exitCode;
  }
}
