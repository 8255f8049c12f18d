package io.rserpool.bench.security;

import io.rserpool.bench.requests.Exchange;
import io.rserpool.bench.requests.Loops;
import io.rserpool.bench.requests.Outcome;
import io.rserpool.bench.requests.Rivals;
import io.rserpool.bench.requests.Seed;
import io.rserpool.bench.requests.ServerProcess;
import io.rserpool.net.tls.TlsEngine;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.pki.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Handle resolutions and registrations per second of a registrar with TLS, held against one without in
/// the same run.
///
/// Arguments: seconds for each measurement (default 4), then the numbers of connections (default 1 10
/// 100).
public final class SecuredRequests {

  private static final int SECONDS = 4;
  private static final List<Integer> CONNECTIONS = List.of(1, 10, 100);

  /// So that the compilers of both servers and of this program are done before anything counts.
  private static final Duration HEATING = Duration.ofSeconds(4);

  private static final int HEATING_CONNECTIONS = 10;
  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final int PIPELINED = 32;
  private static final double MEDIAN = 50;

  private final Duration half;
  private final List<Integer> connectionCounts;

  private SecuredRequests(Duration time, List<Integer> connectionCounts) {
    this.half = time.dividedBy(2);
    this.connectionCounts = connectionCounts;
  }

  /// Runs everything and prints tables.
  public static void main(String[] args) throws IOException, InterruptedException {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : SECONDS;
    List<Integer> counts =
        args.length > 1 ? Arrays.stream(args).skip(1).map(Integer::valueOf).toList() : CONNECTIONS;
    System.out.printf(
        "%s, JDK %s, %d processors, %d s each%n",
        Loops.describe(), Runtime.version(), Runtime.getRuntime().availableProcessors(), seconds);
    SecuredRequests requests = new SecuredRequests(Duration.ofSeconds(seconds), counts);
    try (Papers papers = new Papers()) {
      TlsEngine lightest = TlsEngine.NATIVE.isAvailable() ? TlsEngine.NATIVE : TlsEngine.JDK;
      TlsOptions caller = papers.caller(Role.ELEMENT, "load", lightest);
      for (TlsEngine engine : TlsEngine.values()) {
        if (engine.isAvailable()) {
          requests.measure(papers, caller, engine);
        } else {
          System.out.printf("%nno engine '%s' here%n", engine.word());
        }
      }
    }
  }

  private void measure(Papers papers, TlsOptions caller, TlsEngine engine)
      throws IOException, InterruptedException {
    String[] arguments = papers.registrar(engine.word(), engine).toArray(String[]::new);
    for (Exchange exchange : Exchange.values()) {
      try (ServerProcess secured = ServerProcess.securedRegistrar(caller, arguments);
          ServerProcess plain = ServerProcess.registrar();
          Seed securedSeed = new Seed(secured);
          Seed plainSeed = new Seed(plain)) {
        securedSeed.ask(exchange);
        plainSeed.ask(exchange);
        table(engine, exchange, new Rivals(exchange, secured, plain));
      }
    }
  }

  /// The columns `server cpu` are the processors that the server's process kept busy, and the ratio of the
  /// answers for each second of its processor time; `load cpu` those of the thread of this program.
  private void table(TlsEngine engine, Exchange exchange, Rivals rivals)
      throws InterruptedException {
    for (int outstanding : List.of(1, PIPELINED)) {
      rivals.inTurn(HEATING_CONNECTIONS, run -> run.closed(outstanding, Duration.ZERO, HEATING));
    }
    System.out.printf("%n%s, TLS by %s%n", exchange, engine.word());
    System.out.println(
        "closed loop         | answers/s               | server cpu        | load cpu   | p50 us");
    System.out.println(
        "connections pending |     TLS     plain       |  TLS  plain       |  TLS plain |   TLS   plain");
    for (int connections : connectionCounts) {
      for (int outstanding : List.of(1, PIPELINED)) {
        row(
            connections,
            outstanding,
            rivals.inTurn(connections, run -> run.closed(outstanding, WARM_UP, half)));
      }
    }
  }

  private static void row(int connections, int outstanding, Rivals.Pair pair) {
    Outcome tls = pair.own();
    Outcome plain = pair.reference();
    System.out.printf(
        "%11d %7d | %9.0f %8.0f %4.2f | %5.2f %5.2f %4.2f | %4.2f %5.2f | %5.0f %7.0f %s%n",
        connections,
        outstanding,
        tls.ratePerSecond(),
        plain.ratePerSecond(),
        pair.rateRatio(),
        tls.serverShare(),
        plain.serverShare(),
        pair.processorRatio(),
        tls.clientShare(),
        plain.clientShare(),
        tls.latencyUs(MEDIAN),
        plain.latencyUs(MEDIAN),
        pair.trouble());
  }
}
