package io.rserpool.bench.peering;

import io.rserpool.bench.requests.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Lets all peers talk as fast as the server reads, for some time, each on a thread of its own.
///
/// @param server that is talked to
/// @param batches what each peer says
/// @param isRegistrar whether the server understands it
record Flow(ServerProcess server, List<Batch> batches, boolean isRegistrar) {

  /// Rounds of one peer that are on the way at once: the server never waits for the next one.
  private static final int PENDING = 2;

  /// What was reached.
  ///
  /// @param updates that the server has read
  /// @param ns in which time
  /// @param server processor time that it took for that
  /// @param load processor time of this program
  record Rate(long updates, long ns, Duration server, Duration load) {

    Rate plus(Rate other) {
      return new Rate(
          updates + other.updates, ns + other.ns, server.plus(other.server), load.plus(other.load));
    }

    double perSecond() {
      return updates * 1e9 / ns;
    }

    double perProcessorSecond() {
      return updates * 1e9 / server.toNanos();
    }

    double serverShare() {
      return (double) server.toNanos() / ns;
    }

    double loadShare() {
      return (double) load.toNanos() / ns;
    }
  }

  Flow {
    batches = List.copyOf(batches);
  }

  /// Goes on for so long, and until all that was said has been read.
  Rate run(Duration time) throws IOException, InterruptedException {
    List<Talk> talks = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(batches.size())) {
      for (Batch batch : batches) {
        talks.add(
            isRegistrar
                ? Talk.withRegistrar(server.enrpPort(), batch.peer())
                : Talk.withSink(server.port()));
      }
      Duration serverBefore = server.processorTime();
      Duration loadBefore = ownProcessorTime();
      long startNs = System.nanoTime();
      long endNs = startNs + time.toNanos();
      List<Callable<Long>> tasks = new ArrayList<>();
      for (int i = 0; i < batches.size(); i++) {
        Batch batch = batches.get(i);
        Talk talk = talks.get(i);
        tasks.add(() -> talk(batch, talk, endNs));
      }
      long updates = 0;
      for (Future<Long> done : threads.invokeAll(tasks)) {
        updates += done.get();
      }
      return new Rate(
          updates,
          System.nanoTime() - startNs,
          server.processorTime().minus(serverBefore),
          ownProcessorTime().minus(loadBefore));
    } catch (ExecutionException e) {
      throw new UncheckedIOException(new IOException("a connection failed", e.getCause()));
    } finally {
      for (Talk talk : talks) {
        talk.close();
      }
    }
  }

  private static long talk(Batch batch, Talk talk, long endNs) throws IOException {
    long rounds = 0;
    for (int pending = 0; pending > 0 || rounds == 0; pending--) {
      while (pending < PENDING && (rounds == 0 || System.nanoTime() < endNs)) {
        talk.send(batch.loop());
        rounds++;
        pending++;
      }
      talk.awaitAnswer();
    }
    return rounds * batch.elements() * Batch.ROUND_UPDATES_PER_ELEMENT;
  }

  private static Duration ownProcessorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
