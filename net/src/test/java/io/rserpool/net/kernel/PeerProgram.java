package io.rserpool.net.kernel;

import io.rserpool.net.sctp.SctpOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// A second program with a socket of its own, which calls and then waits to be killed.
record PeerProgram(Process process) {

  static PeerProgram start(
      List<InetAddress> own, int ownPort, List<InetAddress> called, int calledPort)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KernelSctpChecks.class.getName(), "peer"));
    command.addAll(List.of(text(own), "" + ownPort, text(called), "" + calledPort));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    KernelSctpChecks.expect("up".equals(line), "the peer is up, but it says " + line);
    return new PeerProgram(process);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// What the program does.
  static void run(String[] arguments, PrintStream out) throws IOException, InterruptedException {
    SctpOptions options =
        SctpOptions.defaults().at(addresses(arguments[1]), Integer.parseInt(arguments[2]), true);
    try (End end = End.open(options)) {
      end.socket().connect(addresses(arguments[3]), Integer.parseInt(arguments[4]));
      end.awaitUp();
      out.println("up");
      Thread.currentThread().join();
    }
  }

  private static String text(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(","));
  }

  private static List<InetAddress> addresses(String text) {
    return Arrays.stream(text.split(",")).map(InetAddress::ofLiteral).toList();
  }
}
