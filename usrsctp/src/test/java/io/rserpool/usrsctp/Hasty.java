package io.rserpool.usrsctp;

import io.rserpool.net.sctp.SctpOptions;
import java.time.Duration;

/// Settings with which a silent peer is given up soon.
final class Hasty {

  private Hasty() {}

  static SctpOptions options() {
    return new SctpOptions(
        SctpOptions.defaults().addresses(),
        0,
        false,
        2,
        Duration.ofMillis(50),
        Duration.ofMillis(50),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        1,
        3,
        3,
        1 << 20,
        0);
  }
}
