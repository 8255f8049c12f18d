package io.rserpool.bench.security;

import io.rserpool.bench.requests.Exchange;
import io.rserpool.bench.requests.Seed;
import io.rserpool.bench.requests.ServerProcess;
import io.rserpool.net.tls.TlsEngine;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.pki.Role;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Associations that come up, get an answer to one handle resolution, and go, per second: with full and
/// with resumed handshakes, held against associations without TLS in the same run.
///
/// Arguments: seconds for each measurement (default 4).
public final class Handshakes {

  private static final int SECONDS = 4;
  private static final Duration HEATING = Duration.ofSeconds(4);

  /// One server and one way to call it.
  private record Way(String name, ServerProcess server, Visits.@Nullable Securing securing) {}

  private Handshakes() {}

  /// Runs everything and prints a table.
  public static void main(String[] args)
      throws IOException, InterruptedException, GeneralSecurityException {
    Duration time = Duration.ofSeconds(args.length > 0 ? Integer.parseInt(args[0]) : SECONDS);
    System.out.printf(
        "JDK %s, %d processors, %d associations at once, %d s each, ECDSA P-256%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        Visits.AT_ONCE,
        time.toSeconds());
    try (Papers papers = new Papers();
        ServerProcess plain = ServerProcess.registrar("--config", papers.unlimited().toString());
        Seed seed = new Seed(plain)) {
      seed.ask(Exchange.RESOLUTION);
      TlsOptions element = papers.caller(Role.ELEMENT, "load", TlsEngine.JDK);
      Way reference = new Way("none", plain, null);
      for (TlsEngine engine : TlsEngine.values()) {
        if (engine.isAvailable()) {
          measure(papers, element, engine, reference, time);
        } else {
          System.out.printf("%nno engine '%s' here%n", engine.word());
        }
      }
    }
  }

  private static void measure(
      Papers papers, TlsOptions element, TlsEngine engine, Way reference, Duration time)
      throws IOException, InterruptedException, GeneralSecurityException {
    String[] arguments = papers.registrar(engine.word(), engine).toArray(String[]::new);
    Visits.Securing anonymous = papers.anonymous();
    try (ServerProcess secured = ServerProcess.securedRegistrar(element, arguments);
        Seed seed = new Seed(secured)) {
      seed.ask(Exchange.RESOLUTION);
      // A session is resumed where host and port are those of an earlier one.
      List<Way> ways =
          List.of(
              new Way(
                  "full, both certified", secured, (_, number) -> element.caller("x" + number, 1)),
              new Way("full, user anonymous", secured, anonymous),
              new Way(
                  "resumed, both certified", secured, (slot, _) -> element.caller("r" + slot, 1)));
      for (Way way : both(reference, ways)) {
        visit(way, HEATING);
      }
      System.out.printf("%nTLS by %s%n", engine.word());
      System.out.println(
          "handshake               | a second | of plain | server ms each | p50 ms | p99 ms | resumed");
      for (Way way : ways) {
        Visits.Result before = visit(reference, time.dividedBy(2));
        Visits.Result own = visit(way, time.dividedBy(2)).plus(visit(way, time.dividedBy(2)));
        Visits.Result plain = before.plus(visit(reference, time.dividedBy(2)));
        row(way.name(), own, plain);
      }
    }
  }

  private static List<Way> both(Way reference, List<Way> ways) {
    List<Way> all = new ArrayList<>(List.of(reference));
    all.addAll(ways);
    return all;
  }

  private static Visits.Result visit(Way way, Duration time) throws InterruptedException {
    try (Visits visits = new Visits(way.server(), way.securing())) {
      return visits.run(time);
    }
  }

  private static void row(String name, Visits.Result own, Visits.Result plain) {
    System.out.printf(
        "%-23s | %8.0f | %8.3f | %6.3f (%.1fx) | %6.2f | %6.2f | %.2f %s%n",
        name,
        own.perSecond(),
        own.perSecond() / plain.perSecond(),
        own.serverMsEach(),
        own.serverMsEach() / plain.serverMsEach(),
        own.latencyMs(50),
        own.latencyMs(99),
        own.resumedShare(),
        own.trouble());
    System.out.printf(
        "%-23s | %8.0f | %8.3f | %6.3f (%.1fx) | %6.2f | %6.2f | %.2f %s%n",
        "  plain beside it",
        plain.perSecond(),
        1.0,
        plain.serverMsEach(),
        1.0,
        plain.latencyMs(50),
        plain.latencyMs(99),
        plain.resumedShare(),
        plain.trouble());
  }
}
