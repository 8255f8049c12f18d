package io.rserpool.bench.peering;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.protocol.enrp.EnrpType;
import io.rserpool.registrar.Registrar;
import io.rserpool.registrar.RegistrarConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A registrar in a fresh process that comes into a scope, fetches the table of its mentor, tells how
/// that went, and ends.
///
/// Prints one line: nanoseconds until it serves, as it says itself; elements; table responses;
/// nanoseconds of processor time for that.
public final class Newcomer {

  private static final long PATIENCE_S = 60;

  private Newcomer() {}

  /// Argument: the mentor's ENRP port.
  public static void main(String[] args)
      throws ExecutionException, InterruptedException, TimeoutException {
    Endpoint loopback = Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.1", 0);
    Endpoint mentor = Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.1", Integer.parseInt(args[0]));
    RegistrarConfig config =
        RegistrarConfig.defaults()
            .withAsap(List.of(loopback))
            .withEnrp(List.of(loopback))
            .withPeers(List.of(mentor));
    long beforeNs = processorNs();
    CompletableFuture<PeerEvent.Synchronised> serving = new CompletableFuture<>();
    try (Registrar registrar = Registrar.start(config, event -> note(event, serving))) {
      PeerEvent.Synchronised done = serving.get(PATIENCE_S, TimeUnit.SECONDS);
      long spentNs = processorNs() - beforeNs;
      var status = registrar.status();
      String pages = "received." + EnrpType.HANDLE_TABLE_RESPONSE.rfcName();
      System.out.printf(
          "%d %d %d %d%n",
          done.taken().toNanos(),
          status.elements(),
          status.counters().getOrDefault(pages, 0L),
          spentNs);
    }
  }

  private static long processorNs() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static void note(Event event, CompletableFuture<PeerEvent.Synchronised> serving) {
    if (event instanceof PeerEvent.Synchronised synchronised) {
      serving.complete(synchronised);
    }
  }
}
