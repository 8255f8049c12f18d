package io.rserpool.bench.peering;

import io.rserpool.bench.requests.Loops;
import io.rserpool.bench.requests.ServerProcess;
import io.rserpool.protocol.PoolElementParameter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/// How many handle updates a second a registrar process follows: peers, made by this program, add
/// elements, change them twice and remove them, as fast as it reads. Beside it a bare sink for the same
/// bytes. At the end the registrar's table shows whether the updates have been followed.
///
/// Arguments: seconds for each measurement (4), then the numbers of peers (1 4 16).
public final class UpdateRate {

  private static final int SECONDS = 4;
  private static final List<Integer> PEERS = List.of(1, 4, 16);
  private static final int ELEMENTS = 10_000;
  private static final Duration HEATING = Duration.ofSeconds(3);

  /// Processor time after which the registrar's compilers are done, and how long it may take to get
  /// that on a busy machine.
  private static final Duration HOT = Duration.ofSeconds(10);

  private static final Duration HEATING_MAX = Duration.ofSeconds(30);

  private final Duration half;

  private UpdateRate(Duration time) {
    this.half = time.dividedBy(2);
  }

  /// Runs everything and prints a table.
  public static void main(String[] args) throws IOException, InterruptedException {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : SECONDS;
    List<Integer> counts =
        args.length > 1
            ? List.of(args).subList(1, args.length).stream().map(Integer::valueOf).toList()
            : PEERS;
    System.out.printf(
        "%s, JDK %s, %d processors, %d s each, %d elements in all%n",
        Loops.describe(),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        seconds,
        ELEMENTS);
    System.out.println(
        "      | updates/s               | server cpu        | load cpu   | per processor s |");
    System.out.println(
        "peers | registrar     sink      | registrar  sink   | reg   sink |       registrar | bytes | followed");
    for (int peers : counts) {
      new UpdateRate(Duration.ofSeconds(seconds)).measure(peers);
    }
  }

  private void measure(int peers) throws IOException, InterruptedException {
    List<Batch> batches =
        IntStream.rangeClosed(1, peers).mapToObj(i -> Batch.of(i, ELEMENTS / peers)).toList();
    int roundSize = batches.getFirst().loop().length;
    String answer = HexFormat.of().formatHex(Talk.WithSink.ANSWER);
    try (ServerProcess registrar = ServerProcess.registrar();
        ServerProcess echo = ServerProcess.echo(roundSize, answer)) {
      Flow followed = new Flow(registrar, batches, true);
      Flow sunk = new Flow(echo, batches, false);
      heat(followed);
      sunk.run(HEATING);
      Flow.Rate bare = sunk.run(half);
      Flow.Rate own = followed.run(half);
      own = own.plus(followed.run(half));
      bare = bare.plus(sunk.run(half));
      int size = roundSize / (batches.getFirst().elements() * Batch.ROUND_UPDATES_PER_ELEMENT);
      print(peers, own, bare, size, look(registrar, batches));
    }
  }

  private static void heat(Flow followed) throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + HEATING_MAX.toNanos();
    while (followed.server().processorTime().compareTo(HOT) < 0 && System.nanoTime() < deadlineNs) {
      followed.run(HEATING);
    }
  }

  private static void print(int peers, Flow.Rate own, Flow.Rate bare, int size, String followed) {
    System.out.printf(
        "%5d | %9.0f %8.0f %4.2f | %6.2f %5.2f %4.2f | %4.2f %5.2f | %15.0f | %5d | %s%n",
        peers,
        own.perSecond(),
        bare.perSecond(),
        own.perSecond() / bare.perSecond(),
        own.serverShare(),
        bare.serverShare(),
        own.perProcessorSecond() / bare.perProcessorSecond(),
        own.loadShare(),
        bare.loadShare(),
        own.perProcessorSecond(),
        size,
        followed);
  }

  /// Nothing must be left of the rounds; after the last one all must be there as it was told last.
  private static String look(ServerProcess registrar, List<Batch> batches) throws IOException {
    int left = Table.fetch(registrar.enrpPort()).elements().size();
    List<Talk> talks = new ArrayList<>();
    try {
      int expected = 0;
      for (Batch batch : batches) {
        Talk talk = Talk.withRegistrar(registrar.enrpPort(), batch.peer());
        talks.add(talk);
        talk.send(batch.last());
        talk.awaitAnswer();
        expected += batch.elements();
      }
      List<PoolElementParameter> seen = Table.fetch(registrar.enrpPort()).elements();
      long right =
          seen.stream().filter(element -> element.policy().equals(Batch.LAST_LOAD)).count();
      if (left != 0 || seen.size() != expected || right != expected) {
        throw new IllegalStateException(
            ("expected 0 elements after the rounds and %d with the last load at the end, but saw %d,"
                    + " and %d of %d")
                .formatted(expected, left, right, seen.size()));
      }
      return "0 left, then all of " + expected;
    } finally {
      for (Talk talk : talks) {
        talk.close();
      }
    }
  }
}
