package io.rserpool.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Three registrars that know each other, and elements and users of one pool, on this machine.
final class OperationScope implements AutoCloseable {
  static final String POOL = "EchoPool";
  static final int SIZE = 3;

  /// Ports that the system never takes for outgoing connections, so a registrar that starts again
  /// finds its own ones free.
  private static final int PORT_MIN = 12_000;

  private static final int PORT_MAX = 32_000;

  private final Stage stage = new Stage();
  private final List<String> asap = new ArrayList<>();
  private final List<String> enrp = new ArrayList<>();
  private final List<RunningRegistrar> registrars = new ArrayList<>();
  private final List<RunningElements> elements = new ArrayList<>();

  OperationScope() {
    for (int i = 0; i < SIZE; i++) {
      asap.add("tcp://127.0.0.1:" + freePort());
      enrp.add("tcp://127.0.0.1:" + freePort());
    }
  }

  /// Starts all three at once, each with the same list of peers, and waits until they serve.
  void startRegistrars() {
    startRegistrars(_ -> String.join(",", enrp));
  }

  /// Starts all three at once, and waits until they serve.
  ///
  /// @param peers the list of peers of each
  void startRegistrars(Function<Integer, String> peers) {
    List<CliProcess> processes =
        IntStream.range(0, SIZE).mapToObj(i -> launch(i, peers.apply(i))).toList();
    processes.forEach(process -> registrars.add(awaitService(process)));
  }

  /// Starts one again that has ended, at the same addresses, and waits until it serves.
  void restart(int index) {
    registrars.set(index, awaitService(launch(index, String.join(",", enrp))));
  }

  private CliProcess launch(int index, String peers) {
    return stage.start(
        "registrar",
        "--asap=" + asap.get(index),
        "--enrp=" + enrp.get(index),
        "--peer=" + peers,
        "--end-with-input",
        "--log-level=" + System.getProperty("rserpool.log.level", "info"));
  }

  private static RunningRegistrar awaitService(CliProcess process) {
    RunningRegistrar registrar = RunningRegistrar.await(process);
    process.err().await("event=Synchronised ", CliProcess.LIMIT);
    return registrar;
  }

  /// Starts processes with elements that know all registrars, and waits until they are in the pool.
  ///
  /// @param counts how many elements each process has
  List<RunningElements> startElements(int... counts) {
    return startElements(asap, counts);
  }

  /// The same with elements that know some registrars only.
  List<RunningElements> startElements(List<String> known, int... counts) {
    List<CliProcess> processes =
        IntStream.of(counts)
            .mapToObj(count -> program(ElementsProgram.class, count, known))
            .toList();
    List<RunningElements> started = processes.stream().map(RunningElements::await).toList();
    elements.addAll(started);
    return started;
  }

  /// Starts a process with users, and waits until they are served.
  RunningUsers startUsers(int count) {
    return RunningUsers.await(program(UsersProgram.class, count, asap));
  }

  private CliProcess program(Class<?> program, int count, List<String> known) {
    String registrarsKnown = String.join(",", known);
    return stage.add(
        CliProcess.start(List.of(), program, POOL, Integer.toString(count), registrarsKnown));
  }

  RunningRegistrar registrar(int index) {
    return registrars.get(index);
  }

  /// The ENRP address of a registrar, also before it is started.
  String enrp(int index) {
    return enrp.get(index);
  }

  /// Those whose process was not killed.
  List<RunningRegistrar> livingRegistrars() {
    return registrars.stream().filter(registrar -> registrar.process().isAlive()).toList();
  }

  /// The identifiers of all elements whose process was not killed.
  SortedSet<String> livingElements() {
    return RunningElements.idsOf(
        elements.stream().filter(some -> some.process().isAlive()).toList());
  }

  /// Waits until the living registrars hold these elements and no others.
  void awaitElements(SortedSet<String> expected) {
    awaitAgreement(livingRegistrars(), expected, r -> RegistrarTable.ask(r.enrp()));
  }

  /// Waits until the living registrars have the same picture: the living elements, each with the
  /// same living home, and their checksums agree.
  void awaitAgreement() {
    awaitElements(livingElements());
  }

  /// Waits until some registrars have the same picture, of themselves and some elements.
  static List<RegistrarTable> awaitAgreement(
      Collection<RunningRegistrar> among,
      SortedSet<String> expected,
      Function<RunningRegistrar, RegistrarTable> look) {
    TreeSet<String> ids =
        among.stream().map(RunningRegistrar::id).collect(Collectors.toCollection(TreeSet::new));
    return Until.seen(
        "the same elements " + expected + " at all of the registrars " + ids,
        () -> among.stream().map(look).toList(),
        tables -> tables.stream().allMatch(t -> isRight(t, tables.getFirst(), ids, expected)));
  }

  private static boolean isRight(
      RegistrarTable table,
      RegistrarTable first,
      SortedSet<String> ids,
      SortedSet<String> expected) {
    TreeSet<String> others = new TreeSet<>(ids);
    others.remove(table.registrar());
    return ids.contains(table.registrar())
        && table.peers().equals(others)
        && table.outOfStep().isEmpty()
        && table.homes().equals(first.homes())
        && table.homes().keySet().equals(expected)
        && ids.containsAll(table.homes().values());
  }

  /// How often a pattern is found in the logs of the living registrars.
  long linesLike(String pattern) {
    return livingRegistrars().stream()
        .flatMap(registrar -> registrar.process().err().text().lines())
        .filter(line -> line.matches(".*" + pattern + ".*"))
        .count();
  }

  private static int freePort() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException _) {
        // Somebody has it; the next one may be free.
      }
    }
    throw new UncheckedIOException(
        new IOException("no port is free from " + PORT_MIN + " to " + PORT_MAX));
  }

  @Override
  public void close() {
    stage.close();
  }
}
