package io.rserpool.system;

import io.rserpool.client.PoolElement;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.protocol.PoolHandle;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// Starts a server that knows nothing of pools as its child, registers it when its port is open,
/// and ends with it, or with its own standard input.
///
/// Arguments: pool, port of the server, registrar, and the server's command.
final class ProcessElementProgram {
  private ProcessElementProgram() {}

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[1]);
    Process server =
        new ProcessBuilder(List.of(arguments).subList(3, arguments.length))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(new File("/dev/stderr")))
            .start();
    CompletableFuture<Void> _ = server.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
    awaitPort(port);
    PoolElement element =
        PoolElement.register(
            Scope.of(arguments[2]), Registration.of(PoolHandle.of(arguments[0]), port));
    System.out.printf("serving port %d element %s %n", port, element.elementId());
    System.in.transferTo(OutputStream.nullOutputStream());
    server.destroyForcibly();
    Runtime.getRuntime().halt(0);
  }

  private static void awaitPort(int port) {
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return;
      } catch (IOException _) {
        LockSupport.parkNanos(20_000_000);
      }
    }
  }
}
