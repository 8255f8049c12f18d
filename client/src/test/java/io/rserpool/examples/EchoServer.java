package io.rserpool.examples;

import io.rserpool.client.PoolElement;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A server of the pool `EchoPool`: returns what it gets.
final class EchoServer {

  private EchoServer() {}

  static void serve(Scope scope, ServerSocket listening) throws IOException {
    Registration service = Registration.of(PoolHandle.of("EchoPool"), listening.getLocalPort());
    try (PoolElement element = PoolElement.register(scope, service)) {
      System.out.println("serving as " + element);
      while (true) {
        Socket user = listening.accept();
        Thread.startVirtualThread(() -> echo(user));
      }
    }
  }

  private static void echo(Socket user) {
    try (user) {
      user.getInputStream().transferTo(user.getOutputStream());
    } catch (IOException e) {
      System.out.println("lost a user: " + e.getMessage());
    }
  }

  public static void main(String[] arguments) throws IOException {
    serve(Scope.defaults(), new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }
}
