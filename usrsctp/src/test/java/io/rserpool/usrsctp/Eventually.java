package io.rserpool.usrsctp;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for a condition that nothing tells of, for a generous time.
final class Eventually {

  private static final long LOOK_NS = 10_000_000;
  private static final int LOOKS = 6_000;

  private Eventually() {}

  static boolean is(BooleanSupplier condition) {
    for (int look = 0; look < LOOKS; look++) {
      if (condition.getAsBoolean()) {
        return true;
      }
      pause();
    }
    return false;
  }

  static void pause() {
    LockSupport.parkNanos(LOOK_NS);
  }
}
