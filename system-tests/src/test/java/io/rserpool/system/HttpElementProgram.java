package io.rserpool.system;

import com.sun.net.httpserver.HttpServer;
import io.rserpool.client.PoolElement;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.client.SourceRelay;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/// A web server of the JDK that knows nothing of pools, and its registration, in one process. It
/// answers each request with its address. Ends with its standard input.
///
/// Arguments: pool, own address, port (0 for any), registrar.
final class HttpElementProgram {
  private HttpElementProgram() {}

  public static void main(String[] arguments) throws IOException {
    InetAddress own = InetAddress.ofLiteral(arguments[1]);
    int port = Integer.parseInt(arguments[2]);
    HttpServer server = HttpServer.create(new InetSocketAddress(own, port), 50);
    String name = arguments[1] + ":" + server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = name.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(answer);
          }
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    try (SourceRelay relay = SourceRelay.open(arguments[3], own);
        PoolElement element =
            PoolElement.register(
                Scope.of(relay.address()),
                Registration.builder(PoolHandle.of(arguments[0]), server.getAddress().getPort())
                    .address(IpAddress.ofBytes(own.getAddress()))
                    .build())) {
      System.out.println("serving " + name + " element " + element.elementId() + " ");
      System.in.transferTo(OutputStream.nullOutputStream());
      Runtime.getRuntime().halt(0);
    }
  }
}
