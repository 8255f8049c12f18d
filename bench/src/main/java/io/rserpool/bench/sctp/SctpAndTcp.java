package io.rserpool.bench.sctp;

import io.rserpool.bench.requests.ServerProcess;
import io.rserpool.client.PoolElement;
import io.rserpool.client.RegistrarCalls;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Measures SCTP within UDP beside TCP, turn by turn in the same run, over loopback between two
/// processes.
///
/// Argument: seconds for each measurement (default 4).
public final class SctpAndTcp {

  private static final int SECONDS = 4;
  private static final int ROUNDS = 2;
  private static final Duration HEATING = Duration.ofSeconds(3);
  private static final Duration WARM_UP = Duration.ofMillis(500);
  private static final int COUNTED_ONE_OF = 1_000;
  private static final int PIPELINED = 32;
  private static final int REGISTRAR_PORT = 3_863;

  private final Duration turn;

  private SctpAndTcp(Duration turn) {
    this.turn = turn;
  }

  /// Runs everything and prints tables.
  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : SECONDS;
    SctpAndTcp bench = new SctpAndTcp(Duration.ofSeconds(seconds).dividedBy(ROUNDS));
    System.out.printf(
        "JDK %s, %d processors, %d s each, in %d turns%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors(), seconds, ROUNDS);
    heading();
    bench.echo();
    bench.sink();
    bench.registrar();
    // Threads of the libraries live on for a while.
    System.exit(0);
  }

  private void echo() throws Exception {
    try (Servers servers = Servers.start(1)) {
      servers.heat(Load.closed(Messages.ofSize(100), PIPELINED), HEATING);
      servers.heat(Load.closed(Messages.ofSize(100), PIPELINED), HEATING);
      for (int outstanding : List.of(1, PIPELINED)) {
        compare(
            "round trip, 100 bytes, " + outstanding + " outstanding",
            servers,
            Messages.ofSize(100),
            outstanding);
      }
    }
  }

  private void sink() throws Exception {
    try (Servers servers = Servers.start(COUNTED_ONE_OF)) {
      servers.heat(Load.flood(Messages.ofSize(100), COUNTED_ONE_OF), HEATING);
      for (int size : List.of(100, 1_000)) {
        compare("one way, " + size + " bytes", servers, Messages.ofSize(size), 0);
      }
    }
  }

  private void registrar() throws Exception {
    try (ServerProcess process =
            ServerProcess.registrar("--asap", "sctp+udp://127.0.0.1:" + REGISTRAR_PORT);
        PoolElement element =
            PoolElement.register(
                Scope.of("tcp://127.0.0.1:" + process.port()),
                Registration.builder(Messages.POOL, 7).calls(RegistrarCalls.OFF).build())) {
      Servers servers = new Servers(process.process(), process.port(), REGISTRAR_PORT);
      servers.heat(Load.closed(Messages.resolution(), PIPELINED), HEATING);
      for (int outstanding : List.of(1, PIPELINED)) {
        compare(
            "resolution of " + element.elementId() + ", " + outstanding + " outstanding",
            servers,
            Messages.resolution(),
            outstanding);
      }
    }
  }

  private void compare(String what, Servers servers, byte[] message, int outstanding)
      throws Exception {
    Measured tcp = null;
    Measured sctp = null;
    for (int round = 0; round < ROUNDS; round++) {
      Measured oneTcp = servers.tcp(load(message, outstanding), WARM_UP, turn);
      Measured oneSctp = servers.sctp(load(message, outstanding), WARM_UP, turn);
      tcp = tcp == null ? oneTcp : tcp.plus(oneTcp);
      sctp = sctp == null ? oneSctp : sctp.plus(oneSctp);
    }
    if (tcp != null && sctp != null) {
      print(what, tcp, sctp);
    }
  }

  private static Load load(byte[] message, int outstanding) {
    return outstanding == 0
        ? Load.flood(message, COUNTED_ONE_OF)
        : Load.closed(message, outstanding);
  }

  private static void heading() {
    System.out.println(
        "                                            | messages/s               | p50 us        "
            + "| p99 us        | cpu us a message, server   load");
    System.out.println(
        "                                            |     tcp     sctp ratio   |   tcp    sctp "
            + "|   tcp    sctp |    tcp   sctp ratio   tcp   sctp");
  }

  private static void print(String what, Measured tcp, Measured sctp) {
    System.out.printf(
        Locale.ROOT,
        "%-43s | %7.0f %8.0f %5.2f   | %5.0f %7.0f | %5.0f %7.0f | %6.1f %6.1f %5.2f %5.1f %6.1f%n",
        what,
        tcp.ratePerSecond(),
        sctp.ratePerSecond(),
        sctp.ratePerSecond() / tcp.ratePerSecond(),
        tcp.medianUs(),
        sctp.medianUs(),
        tcp.tailUs(),
        sctp.tailUs(),
        tcp.serverUsPerMessage(),
        sctp.serverUsPerMessage(),
        sctp.serverUsPerMessage() / tcp.serverUsPerMessage(),
        tcp.loadUsPerMessage(),
        sctp.loadUsPerMessage());
  }

  /// A process that serves over both.
  private record Servers(Process process, int tcpPort, int sctpPort) implements AutoCloseable {

    static Servers start(int answeredOneOf) throws Exception {
      Process process = ServerProcess.java(Server.class.getName(), "" + answeredOneOf);
      String line = "";
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      while (!line.matches("\\d+")) {
        line = output.readLine();
        if (line == null) {
          throw new IllegalStateException("the server did not start");
        }
      }
      return new Servers(process, Integer.parseInt(line), Server.SCTP_PORT);
    }

    Measured tcp(Load load, Duration warmUp, Duration time) throws Exception {
      return load.run(TcpPeer::new, tcpPort, process.toHandle(), warmUp, time);
    }

    Measured sctp(Load load, Duration warmUp, Duration time) throws Exception {
      return load.run(SctpPeer::new, sctpPort, process.toHandle(), warmUp, time);
    }

    void heat(Load load, Duration time) throws Exception {
      tcp(load, Duration.ZERO, time);
      sctp(load, Duration.ZERO, time);
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}
