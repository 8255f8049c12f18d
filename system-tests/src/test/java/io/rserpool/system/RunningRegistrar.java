package io.rserpool.system;

import java.util.regex.MatchResult;

/// A registrar that is ready.
///
/// @param id its server identifier
/// @param asap its address for elements and users
/// @param enrp its address for peers
record RunningRegistrar(CliProcess process, String id, String asap, String enrp) {

  static RunningRegistrar await(CliProcess process) {
    MatchResult ready =
        process
            .out()
            .await(
                "^registrar (0x[0-9a-f]{8}) asap (t(?:cp|ls)://[^\\s,]+)\\S* enrp (t(?:cp|ls)://[^\\s,]+)",
                CliProcess.LIMIT);
    return new RunningRegistrar(process, ready.group(1), ready.group(2), ready.group(3));
  }

  int asapPort() {
    return port(asap);
  }

  int enrpPort() {
    return port(enrp);
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }
}
