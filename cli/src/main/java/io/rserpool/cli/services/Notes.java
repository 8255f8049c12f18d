package io.rserpool.cli.services;

import io.rserpool.cli.console.ElementText;
import io.rserpool.client.Failover;
import java.time.Duration;
import java.util.Locale;

/// What the commands say alike.
final class Notes {
  private Notes() {}

  /// Who failed by what, and who goes on.
  static String move(Failover failover) {
    return "moved from element %s (%s) to %s at %s%s"
        .formatted(
            failover.oldElement().elementId(),
            failover.source(),
            failover.newElement().elementId(),
            ElementText.address(failover.newElement().userTransport()),
            failover.cookieEchoed() ? ", with its cookie" : ", without a cookie");
  }

  static String milliseconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f ms", time.toNanos() / 1e6);
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
  }
}
