package io.rserpool.grpc;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.rserpool.client.ElementListener;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// An echo server that is a process of its own, so that it can be killed and frozen.
final class EchoProcess implements AutoCloseable {

  static final String READY = "ready";

  private final Process process;

  private EchoProcess(Process process) {
    this.process = process;
  }

  /// Starts one; it need not be ready yet.
  static EchoProcess start(Scope scope, PoolHandle pool, String name) throws IOException {
    return new EchoProcess(
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                EchoProcess.class.getName(),
                scope.registrars().getFirst().toString(),
                pool.toString(),
                name)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /// What runs in the process: serves until its standard input ends, and then leaves in order.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    CallsInFlight calls = new CallsInFlight(64);
    Server server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(Echo.service(text -> arguments[2] + ":" + text))
            .intercept(calls)
            .build()
            .start();
    CountDownLatch registered = new CountDownLatch(1);
    // On a machine that is busy with something else the first attempts may take too long.
    Registration registration =
        Registration.builder(PoolHandle.of(arguments[1]), server.getPort())
            .persistent(true)
            .listener(
                new ElementListener() {
                  @Override
                  public void registered(ElementId elementId, String registrar) {
                    registered.countDown();
                  }
                })
            .build();
    try (GrpcElement element =
        GrpcElement.register(Scope.of(arguments[0]), registration, server, calls)) {
      registered.await();
      System.out.println(READY + " " + element.element().elementId());
      while (System.in.read() >= 0) {
        // Until it ends.
      }
    }
  }

  /// Waits until the server is in its pool.
  EchoProcess awaitReady() throws IOException {
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    if (line == null || !line.startsWith(READY)) {
      throw new IOException("the server process said '" + line + "', expected " + READY);
    }
    return this;
  }

  /// As `kill -9`.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  /// Lets it leave in order and waits for its end.
  void leave() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IOException("the server process did not end by itself within 30 s");
    }
  }

  private void signal(String signal) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill " + signal + " of process " + process.pid() + " failed");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
