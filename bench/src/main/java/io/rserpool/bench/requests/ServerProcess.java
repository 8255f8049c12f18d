package io.rserpool.bench.requests;

import io.rserpool.net.tls.TlsOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A server in a process of its own, on this machine, ended with the benchmark.
///
/// @param process the child
/// @param port where it listens
/// @param enrpPort where a registrar listens for registrars; 0 for all others
/// @param tls how whoever calls it secures the connection
public record ServerProcess(Process process, int port, int enrpPort, TlsOptions tls)
    implements AutoCloseable {

  private static final List<String> JVM =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          // In a network without any real interface, Netty would look for one and complain.
          "-Dio.netty.machineId=02:00:00:ff:fe:00:00:01",
          "-Xms256m",
          "-Xmx2g");

  private static final String TASKSET = "/usr/bin/taskset";

  /// A bare echo.
  ///
  /// @param answer in hexadecimal digits
  public static ServerProcess echo(int requestSize, String answer) throws IOException {
    Process process = java(BareEcho.class.getName(), "" + requestSize, answer);
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return new ServerProcess(process, Integer.parseInt(output.readLine()), 0, TlsOptions.OFF);
  }

  /// A registrar, by the command line that a user types.
  ///
  /// @param more further arguments
  public static ServerProcess registrar(String... more) throws IOException, InterruptedException {
    return registrarUnder(List.of(), more);
  }

  /// A registrar that has one processor for all that its virtual machine does, where the system has
  /// a command for that.
  public static ServerProcess registrarOnOneProcessor(String... more)
      throws IOException, InterruptedException {
    boolean pinned = Files.isExecutable(Path.of(TASKSET));
    return registrarUnder(pinned ? List.of(TASKSET, "-c", "0") : List.of(), more);
  }

  private static ServerProcess registrarUnder(List<String> prefix, String... more)
      throws IOException, InterruptedException {
    return registrar(prefix, "tcp", TlsOptions.OFF, more);
  }

  /// A registrar with TLS, by the command line that a user types.
  ///
  /// @param tls who calls it
  /// @param more further arguments, its certificate among them
  public static ServerProcess securedRegistrar(TlsOptions tls, String... more)
      throws IOException, InterruptedException {
    return registrar(List.of(), "tls", tls, more);
  }

  private static ServerProcess registrar(
      List<String> prefix, String scheme, TlsOptions tls, String... more)
      throws IOException, InterruptedException {
    int port = freePort();
    int enrpPort = freePort();
    List<String> args = new ArrayList<>(List.of("registrar"));
    args.addAll(List.of("--asap", scheme + "://127.0.0.1:" + port));
    args.addAll(List.of("--enrp", scheme + "://127.0.0.1:" + enrpPort));
    // The end of every load is a mass loss of elements, which would be told line by line.
    args.addAll(List.of("--log-level", "error"));
    args.addAll(List.of(more));
    Process process = start(prefix, List.of(), "io.rserpool.cli.Main", args.toArray(String[]::new));
    awaitListening(process, port);
    return new ServerProcess(process, port, enrpPort, tls);
  }

  /// A program of this class path in a process of its own.
  ///
  /// @param main the class
  public static Process java(String main, String... args) throws IOException {
    return start(List.of(), List.of(), main, args);
  }

  /// As [#java], run by a command such as one that gives it a network of its own.
  ///
  /// @param prefix the command, empty for none
  /// @param options more options for its virtual machine
  public static Process javaUnder(
      List<String> prefix, List<String> options, String main, String... args) throws IOException {
    return start(prefix, options, main, args);
  }

  private static Process start(
      List<String> prefix, List<String> options, String main, String... args) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(JVM);
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /// A port that nobody uses now.
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitListening(Process process, int port)
      throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadlineNs) {
          throw new UncheckedIOException("the server at port " + port + " did not start", e);
        }
        Thread.sleep(20);
      }
    }
  }

  /// Kibibytes of memory that the process occupies, as Linux tells it; -1 elsewhere.
  public long residentKib() throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.exists(status)) {
      return -1;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return -1;
  }

  /// Processor time that the process has used so far.
  public Duration processorTime() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
