package io.rserpool.bench.takeover;

import io.rserpool.cli.logging.LogLevel;
import io.rserpool.client.PoolElement;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import java.io.IOException;

/// A pool element in a process of its own, to be killed or stopped. Prints its identifier when it is
/// registered, and ends with its input.
public final class MortalElement {

  private MortalElement() {}

  /// Arguments: profile, address of a registrar, pool, service port.
  public static void main(String[] args) throws IOException {
    LogLevel.ERROR.choose();
    Scope scope = Scope.of(args[1]).withProfile(Profile.parse(args[0]));
    Registration registration = Registration.of(PoolHandle.of(args[2]), Integer.parseInt(args[3]));
    PoolElement element = PoolElement.register(scope, registration);
    System.out.println(element.elementId());
    while (System.in.read() >= 0) {
      // Nothing is said there.
    }
    Runtime.getRuntime().halt(0);
  }
}
