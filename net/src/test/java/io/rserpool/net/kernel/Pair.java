package io.rserpool.net.kernel;

import java.io.IOException;

/// Two sockets with an association.
///
/// @param out its number at the one that has called
/// @param in its number at the other
record Pair(End caller, End callee, long out, long in) implements AutoCloseable {

  static Pair open() throws IOException {
    return join(End.listening(), End.listening());
  }

  static Pair join(End caller, End callee) {
    long out = caller.call(callee);
    Told.Event.Up up = caller.awaitUp();
    KernelSctpChecks.expect(up.association() == out, "a number was promised, but another came up");
    return new Pair(caller, callee, out, callee.awaitUp().association());
  }

  @Override
  public void close() {
    caller.close();
    callee.close();
  }
}
