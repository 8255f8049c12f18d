package io.rserpool.system;

import io.rserpool.engine.Endpoint;
import io.rserpool.net.sctp.SctpStacks;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Whether SCTP within UDP can be tried on this machine; if not, one line says so for all tests.
final class UserSpaceSctp {
  private static final AtomicBoolean HAS_SAID = new AtomicBoolean();

  private UserSpaceSctp() {}

  static boolean isThere() {
    return isServedWithinUdp(Endpoint.Scheme.SCTP_UDP);
  }

  /// Whether it also serves the addresses of the kernel's SCTP, for there is none.
  static boolean standsIn() {
    return isServedWithinUdp(Endpoint.Scheme.SCTP);
  }

  private static boolean isServedWithinUdp(Endpoint.Scheme scheme) {
    try {
      SctpStacks stacks = new SctpStacks(SctpStacks.installed());
      return stacks.of(scheme).scheme() == Endpoint.Scheme.SCTP_UDP;
    } catch (IOException e) {
      if (!HAS_SAID.getAndSet(true)) {
        System.err.println("Not tested: " + e.getMessage());
      }
      return false;
    }
  }
}
