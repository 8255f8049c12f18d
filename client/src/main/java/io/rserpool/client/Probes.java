package io.rserpool.client;

import io.rserpool.engine.session.ProbeResult;
import io.rserpool.protocol.TransportAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Looks whether elements still let users in, once for all sessions of a pool user: thousands of
/// them are told together that an element is out of its pool, and would else call it all at once.
final class Probes {

  /// How long an answer is good for others. Much shorter than the pause after which a session looks
  /// again, since then it wants to know what is new.
  private static final long FRESH_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private record Probe(CompletableFuture<ProbeResult> result, long startNs) {}

  private final CallLimit calls;
  private final Map<TransportAddress, Probe> newest = new LinkedHashMap<>();

  Probes(CallLimit calls) {
    this.calls = calls;
  }

  /// Looks, or shares what another session sees just now.
  ///
  /// @param answer called once, on some thread
  void look(Caller caller, TransportAddress address, Duration limit, Consumer<ProbeResult> answer) {
    Probe own = new Probe(new CompletableFuture<>(), System.nanoTime());
    Probe shared = share(address, own);
    var _ = shared.result.thenAccept(answer);
    if (shared.equals(own)) {
      calls.start(() -> {
        ProbeResult found = ProbeResult.UNREACHABLE;
        try {
          found = Prober.probe(caller, address, limit);
        } finally {
          calls.end();
          own.result.complete(found);
        }
      });
    }
  }

  private synchronized Probe share(TransportAddress address, Probe own) {
    newest
        .values()
        .removeIf(probe -> probe.result.isDone() && own.startNs - probe.startNs > FRESH_NS);
    return newest.computeIfAbsent(address, _ -> own);
  }
}
