package io.rserpool.bench.requests;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/// Measures a registrar process over loopback TCP against a bare echo of the same byte counts, both
/// loaded by the same client, turn by turn in the same run.
///
/// Arguments: seconds for each measurement (default 4), then the numbers of connections (default 1
/// 10 100 1000).
public final class RequestPath {

  private static final int SECONDS = 4;
  private static final List<Integer> CONNECTIONS = List.of(1, 10, 100, 1_000);

  /// So that the compilers of both servers and of this program are done before anything counts.
  private static final Duration HEATING = Duration.ofSeconds(6);

  private static final int HEATING_CONNECTIONS = 10;
  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final int PIPELINED = 32;
  private static final int OUTSTANDING_MAX = 4_096;

  private final Duration half;
  private final List<Integer> connectionCounts;

  private RequestPath(Duration time, List<Integer> connectionCounts) {
    this.half = time.dividedBy(2);
    this.connectionCounts = connectionCounts;
  }

  /// Runs everything and prints tables.
  public static void main(String[] args) throws IOException, InterruptedException {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : SECONDS;
    List<Integer> counts =
        args.length > 1
            ? List.of(args).subList(1, args.length).stream().map(Integer::valueOf).toList()
            : CONNECTIONS;
    Report.environment(seconds);
    RequestPath path = new RequestPath(Duration.ofSeconds(seconds), counts);
    for (Exchange exchange : Exchange.values()) {
      path.measure(exchange);
    }
  }

  private void measure(Exchange exchange) throws IOException, InterruptedException {
    int requestSize = exchange.request(0, 0).length;
    try (ServerProcess registrar = ServerProcess.registrar();
        Seed seed = new Seed(registrar)) {
      byte[] answer = seed.ask(exchange);
      try (ServerProcess echo = ServerProcess.echo(requestSize, HexFormat.of().formatHex(answer))) {
        Rivals rivals = new Rivals(exchange, registrar, echo);
        for (int outstanding : List.of(1, PIPELINED)) {
          rivals.inTurn(
              HEATING_CONNECTIONS, run -> run.closed(outstanding, Duration.ZERO, HEATING));
        }
        Report.closedHeading(exchange, requestSize, answer.length);
        double[] highest = closed(rivals);
        Report.openHeading();
        open(rivals, highest);
      }
    }
  }

  /// Ping-pong and pipelined.
  ///
  /// @return the registrar's highest rate for each number of connections
  private double[] closed(Rivals rivals) throws InterruptedException {
    double[] highest = new double[connectionCounts.size()];
    double highestOfAll = 0;
    double highestEcho = 0;
    for (int i = 0; i < highest.length; i++) {
      int connections = connectionCounts.get(i);
      for (int outstanding : List.of(1, Math.min(PIPELINED, OUTSTANDING_MAX / connections))) {
        Rivals.Pair pair =
            rivals.inTurn(connections, run -> run.closed(outstanding, WARM_UP, half));
        Report.closed(connections, outstanding, pair);
        highest[i] = Math.max(highest[i], pair.own().ratePerSecond());
        highestOfAll = Math.max(highestOfAll, highest[i]);
        highestEcho = Math.max(highestEcho, pair.reference().ratePerSecond());
      }
    }
    Report.highest(highestOfAll, highestEcho);
    return highest;
  }

  /// Both at half of the registrar's highest rate with as many connections.
  private void open(Rivals rivals, double[] highest) throws InterruptedException {
    for (int i = 0; i < highest.length; i++) {
      double rate = highest[i] / 2;
      Report.open(
          connectionCounts.get(i),
          rate,
          rivals.inTurn(connectionCounts.get(i), run -> run.open(rate, WARM_UP, half)));
    }
  }
}
