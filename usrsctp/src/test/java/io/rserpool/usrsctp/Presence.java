package io.rserpool.usrsctp;

import java.util.concurrent.atomic.AtomicBoolean;

/// Whether the library is on this machine; if not, one line says so for all tests that need it.
final class Presence {

  private static final AtomicBoolean SAID = new AtomicBoolean();

  private Presence() {}

  static boolean isThere() {
    UsrsctpStack stack = new UsrsctpStack();
    stack
        .obstacle()
        .filter(_ -> !SAID.getAndSet(true))
        .ifPresent(obstacle -> System.err.println("Not tested: " + obstacle));
    return stack.obstacle().isEmpty();
  }

  static Library.Loaded library() {
    return (Library.Loaded) Library.current();
  }
}
