package io.rserpool.bench.session;

import io.rserpool.cli.logging.LogLevel;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.registrar.RegistrarResult;
import io.rserpool.protocol.Profile;
import io.rserpool.registrar.Registrar;
import io.rserpool.registrar.RegistrarConfig;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A registrar, as the daemon runs it, that counts what it is asked every 10 ms. Prints a line when it
/// serves; `mark` and `tell` are about the messages that came since, and tell how many elements there
/// are.
public final class CountingRegistrar {

  private static final long POLL_MS = 10;
  private static final String RESOLUTIONS = "received.ASAP_HANDLE_RESOLUTION";
  private static final String REPORTS = "received.ASAP_ENDPOINT_UNREACHABLE";
  private static final String REMOVALS = "event.Removed";
  private static final String REGISTRATIONS = "received.ASAP_REGISTRATION";

  private final Registrar registrar;
  private final Buckets resolutions = new Buckets();
  private final Buckets reports = new Buckets();
  private final Buckets registrations = new Buckets();
  private long removalsAtMark;
  private SortedMap<String, Long> before = new TreeMap<>();

  private CountingRegistrar(Registrar registrar) {
    this.registrar = registrar;
  }

  /// Arguments: profile, own address, ASAP port, ENRP port.
  public static void main(String[] args) throws IOException, InterruptedException {
    LogLevel.ERROR.choose();
    RegistrarConfig config =
        RegistrarConfig.defaults()
            .withProfile(Profile.parse(args[0]))
            .withAsap(List.of(at(args[1], args[2])))
            .withEnrp(List.of(at(args[1], args[3])))
            .withPeers(List.of());
    CountingRegistrar counting = new CountingRegistrar(Registrar.start(config));
    while (!counting.registrar.status().serving() || !counting.registrar.status().ready()) {
      Thread.sleep(POLL_MS);
    }
    System.out.println("serves");
    Thread.ofPlatform().daemon().name("count").start(counting::run);
    Talker.listen(counting::answer);
  }

  private static Endpoint at(String address, String port) {
    return Endpoint.of(Endpoint.Scheme.TCP, address, Integer.parseInt(port));
  }

  private void run() {
    try {
      while (true) {
        look();
        Thread.sleep(POLL_MS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized RegistrarResult.Status look() {
    RegistrarResult.Status status = registrar.status();
    count(resolutions, RESOLUTIONS, status);
    count(reports, REPORTS, status);
    count(registrations, REGISTRATIONS, status);
    before = status.counters();
    return status;
  }

  private void count(Buckets buckets, String what, RegistrarResult.Status status) {
    buckets.count(
        (int) (status.counters().getOrDefault(what, 0L) - before.getOrDefault(what, 0L)),
        System.nanoTime());
  }

  private synchronized String answer(String question) {
    RegistrarResult.Status status = look();
    if (question.equals("mark")) {
      long nowNs = System.nanoTime();
      List.of(resolutions, reports, registrations).forEach(one -> one.mark(nowNs));
      removalsAtMark = status.counters().getOrDefault(REMOVALS, 0L);
    }
    TreeMap<String, Long> figures = new TreeMap<>();
    add(figures, "resolutions", resolutions);
    add(figures, "reports", reports);
    add(figures, "registrations", registrations);
    figures.put("elements", (long) status.elements());
    figures.put("removals", status.counters().getOrDefault(REMOVALS, 0L) - removalsAtMark);
    return Words.write(figures);
  }

  private static void add(SortedMap<String, Long> figures, String what, Buckets buckets) {
    buckets.figures().forEach((name, value) -> figures.put(what + "." + name, value));
  }
}
