package io.rserpool.system;

/// A server that is in its pool.
///
/// @param id its element identifier
record RunningServer(CliProcess process, String id) {

  static RunningServer await(CliProcess process) {
    String id =
        process.out().await("^serving .* element (0x[0-9a-f]{8}) ", CliProcess.LIMIT).group(1);
    return new RunningServer(process, id);
  }
}
