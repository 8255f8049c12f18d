package io.rserpool.bench.session;

import io.rserpool.bench.requests.ServerProcess;
import io.rserpool.cli.logging.LogLevel;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Scope;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Measures sessions beside a bare socket, turn by turn in the same run, over loopback with one server
/// process.
///
/// Arguments: seconds for each measurement (default 6), and in how many turns (default 4).
public final class SessionOverhead {

  private static final int SECONDS = 6;
  private static final int TURNS = 4;
  private static final int SMALL = 100;
  private static final int LARGE = 16 * 1024;
  private static final int PIPELINED = 32;
  private static final Duration HEATING = Duration.ofSeconds(2);

  /// A way to talk to a server.
  ///
  /// @param kind of server
  private record Way(String name, String kind, boolean isBare) {}

  private static final List<Way> WAYS =
      List.of(
          new Way("bare socket, bare server", OverheadServer.BARE, true),
          new Way("session, bare server", OverheadServer.BARE, false),
          new Way("bare socket, service host", OverheadServer.HOST, true),
          new Way("session, service host", OverheadServer.HOST, false),
          new Way("session with control channel", OverheadServer.FRAMED, false),
          new Way("the same, a sealed cookie each answer", OverheadServer.COOKIES, false));

  private final Talker server;
  private final Map<String, Long> ports;
  private final PoolUser user;
  private final Duration turn;
  private final int turns;

  private SessionOverhead(Talker server, PoolUser user, Duration time, int turns) {
    this.server = server;
    this.ports = Words.read(server.read());
    this.user = user;
    this.turn = time.dividedBy(turns);
    this.turns = turns;
  }

  /// Runs everything and prints tables.
  public static void main(String[] args) throws Exception {
    LogLevel.ERROR.choose();
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : SECONDS;
    int turns = args.length > 1 ? Integer.parseInt(args[1]) : TURNS;
    System.out.printf(
        "JDK %s, %d processors, %d s each, in %d turns%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors(), seconds, turns);
    try (ServerProcess registrar = ServerProcess.registrar()) {
      String address = "tcp://127.0.0.1:" + registrar.port();
      try (Talker server = Talker.start(List.of(), OverheadServer.class, address);
          PoolUser user = PoolUser.open(Scope.of(address))) {
        new SessionOverhead(server, user, Duration.ofSeconds(seconds), turns).run();
      }
    }
    System.exit(0);
  }

  private void run() throws Exception {
    compare("round trip, 100 bytes", Job.ECHO, false, turn -> turn.askOneByOne(SMALL));
    compare(
        "round trip, 100 bytes, on a virtual thread",
        Job.ECHO,
        true,
        turn -> turn.askOneByOne(SMALL));
    compare(
        "round trip, 100 bytes, 32 under way",
        Job.ECHO,
        false,
        turn -> turn.askManyAtOnce(SMALL, PIPELINED));
    compare("one way, 100 bytes each", Job.SINK, false, turn -> turn.flood(SMALL));
    compare("one way, 16 KiB each", Job.SINK, false, turn -> turn.flood(LARGE));
    compare("from the server, 16 KiB each", Job.SOURCE, false, turn -> turn.drain(LARGE));
  }

  private void compare(String what, Job job, boolean isVirtual, Turn.Load load) throws Exception {
    List<Sample> sums = new ArrayList<>();
    for (Way way : WAYS) {
      one(way, job, isVirtual, HEATING, load);
      sums.add(Sample.none());
    }
    for (int round = 0; round < turns; round++) {
      for (int i = 0; i < WAYS.size(); i++) {
        // There and back again: a machine that becomes slower does all of them the same.
        int at = round % 2 == 0 ? i : WAYS.size() - 1 - i;
        Sample sample = one(WAYS.get(at), job, isVirtual, turn, load);
        sums.set(at, sums.get(at).plus(sample));
      }
    }
    print(what, sums);
  }

  private Sample one(Way way, Job job, boolean isVirtual, Duration time, Turn.Load load)
      throws Exception {
    Callable<Sample> work =
        () -> {
          try (Line line = open(way, job)) {
            return load.on(new Turn(line, server.process().toHandle(), time));
          }
        };
    if (!isVirtual) {
      return work.call();
    }
    FutureTask<Sample> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IOException("the load failed", e.getCause());
    }
  }

  private Line open(Way way, Job job) throws IOException {
    PoolHandle pool = PoolHandle.of(job.pool(way.kind()));
    if (!way.isBare()) {
      return new SessionLine(user, pool);
    }
    long port =
        way.kind().equals(OverheadServer.BARE)
            ? ports.getOrDefault(job.name(), 0L)
            : user.select(pool).userTransport().port();
    return new BareLine((int) port);
  }

  private static void print(String what, List<Sample> samples) {
    System.out.printf(
        "%n%-43s |   per second  ratio | p50 us   p99  p99.9 | cpu us each: server ratio   load"
            + " ratio%n",
        what);
    Sample bare = samples.getFirst();
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      System.out.printf(
          Locale.ROOT,
          "  %-41s | %12.0f  %5.2f | %6s %5s %6s | %19.2f %5.2f %6.2f %5.2f%n",
          WAYS.get(i).name(),
          sample.ratePerSecond(),
          sample.ratePerSecond() / bare.ratePerSecond(),
          sample.latency(50),
          sample.latency(99),
          sample.latency(99.9),
          sample.serverUs(),
          sample.serverUs() / bare.serverUs(),
          sample.loadUs(),
          sample.loadUs() / bare.loadUs());
    }
  }
}
