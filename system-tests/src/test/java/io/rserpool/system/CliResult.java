package io.rserpool.system;

/// What came of a command.
record CliResult(String command, int exitCode, String out, String err) {

  @Override
  public String toString() {
    return command + " ended with " + exitCode + "\nstdout:\n" + out + "\nstderr:\n" + err;
  }
}
