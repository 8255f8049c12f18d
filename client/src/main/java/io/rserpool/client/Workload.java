package io.rserpool.client;

import io.rserpool.net.status.StatusReport;
import io.rserpool.protocol.Policy;

/// The load of a policy, as a status report tells it.
final class Workload {

  private static final long FULL = 0xfffe;

  private Workload() {}

  /// 0 to 0xfffe, or [StatusReport#NO_WORKLOAD] for policies without a load.
  static int of(Policy policy) {
    return policy instanceof Policy.Loaded loaded
        ? (int) Math.round(loaded.load() / (double) Policy.FULL * FULL)
        : StatusReport.NO_WORKLOAD;
  }
}
