package io.rserpool.cli.console;

/// What the program's exit status says; signals add 130 (SIGINT) and 143 (SIGTERM) by themselves.
public final class ExitCode {
  /// What was asked for is done.
  public static final int OK = 0;

  /// What was asked for did not work; the text says whether trying again makes sense.
  public static final int FAILED = 1;

  /// The command line or the configuration is mistaken.
  public static final int USAGE = 2;

  private ExitCode() {}
}
