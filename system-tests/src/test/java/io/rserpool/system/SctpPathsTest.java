package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// SCTP in user space between machines with two links, each of which is cut in turn; needs root on
/// Linux, and libusrsctp.
@Tag("system")
class SctpPathsTest {
  private static final int HEARTBEATS = 3;

  /// Enough to last for several times as long as both cuts take.
  private static final int PINGS = 600;

  private final Stage stage = new Stage();
  private final TwoPathMachines machines = new TwoPathMachines();

  @BeforeEach
  void begin() {
    Assumptions.assumeTrue(UserSpaceSctp.isThere(), "libusrsctp is needed");
    Assumptions.assumeTrue(machines.build(), "network namespaces need root and ip netns");
  }

  @AfterEach
  void end() {
    stage.close();
    machines.close();
  }

  @Test
  void registrationAndResolutionsGoOnWhileEitherPathIsCut() {
    String asap = left(3863);
    CliProcess registrar = registrar(asap);
    RunningServer server =
        RunningServer.await(
            stage.add(
                CliProcess.start(
                    machines.onRight(), List.of(), "serve", "echo", "--registrar=" + asap)));
    RunningUsers users =
        RunningUsers.await(
            stage.add(
                CliProcess.start(machines.onRight(), UsersProgram.class, "EchoPool", "1", asap)));
    users.assertServed(1);

    for (int path = 0; path < TwoPathMachines.PATHS; path++) {
      int before = registrar.err().size();
      machines.cut(path);
      report("cut, path " + path, users);
      awaitPath(registrar, path, "UNREACHABLE", before, "in-1", "in-2");
      users.assertServed(1);
      machines.join(path);
      awaitPath(registrar, path, "REACHABLE", before, "in-1", "in-2");
      String there = machines.leftAddress(path).replace(".", "\\.");
      server.process().err().await("the path to " + there + " works again", CliProcess.LIMIT);
      // The user's own side takes a heartbeat or two to see that the path works again.
      for (int i = 0; i < HEARTBEATS; i++) {
        report("joined, path " + path, users);
      }
    }

    assertNothingNoticed(registrar, server);
    assertThat(users.process().out().text()).doesNotContain("left 0x");
  }

  /// A user that only calls, on the registrar's machine, has a session with an element on the other.
  @Test
  void sessionGoesOnAtItsElementWhileEitherPathIsCut() {
    String asap = left(3863);
    CliProcess registrar = registrar(asap);
    RunningServer server = pingPongServer(asap);
    Pings pings = pings(asap);
    // Until the element has both paths of the session, there is nothing to choose from.
    for (int path = 0; path < TwoPathMachines.PATHS; path++) {
      new End(server.process(), machines.leftAddress(path), 0).await("REACHABLE");
    }

    for (int path = 0; path < TwoPathMachines.PATHS; path++) {
      report("whole", pings);
      int before = registrar.err().size();
      List<End> ends =
          List.of(
              End.now(pings.process(), machines.rightAddress(path)),
              End.now(server.process(), machines.leftAddress(path)));
      machines.cut(path);
      ends.forEach(end -> end.await("UNREACHABLE"));
      awaitPath(registrar, path, "UNREACHABLE", before, "in-1");
      report("cut, path " + path, pings);
      machines.join(path);
      ends.forEach(end -> end.await("REACHABLE"));
      awaitPath(registrar, path, "REACHABLE", before, "in-1");
      report("joined, path " + path, pings);
    }
    assertThat(pings.process().isAlive()).as("the session has outlived both cuts").isTrue();

    CliResult result = pings.process().result();
    reportRepeats("user", pings.process());
    reportRepeats("element", server.process());
    reportRepeats("registrar", registrar);
    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.out())
        .endsWith("%1$d Pings, %1$d answered, 0 gaps, 0 moves".formatted(PINGS))
        .doesNotContain("GAP", "moved from");
    assertThat(result.out().lines().filter(line -> line.startsWith("Ping ")))
        .as("%s", result)
        .allMatch(line -> line.contains("from element " + server.id()));
    assertNothingNoticed(registrar, server);
  }

  private RunningServer pingPongServer(String registrar) {
    String service = address(machines.rightAddress(0), machines.rightAddress(1), 7000);
    return RunningServer.await(
        stage.add(
            CliProcess.start(
                machines.onRight(),
                List.of(),
                "serve",
                "pingpong",
                "--registrar=" + registrar,
                "--listen=" + service)));
  }

  private Pings pings(String registrar) {
    return Pings.await(
        stage.add(
            CliProcess.start(
                machines.onLeft(),
                List.of(),
                "pingpong",
                "--log-level=info",
                "--registrar=" + registrar,
                "--interval=50ms",
                "--count=" + PINGS,
                "--timeout=" + CliProcess.LIMIT.toSeconds() + "s")));
  }

  private CliProcess registrar(String asap) {
    CliProcess registrar =
        stage.add(
            CliProcess.start(
                machines.onLeft(),
                List.of(),
                "registrar",
                "--insecure",
                "--asap=" + asap,
                "--enrp=" + left(9901)));
    registrar.out().await("^registrar 0x[0-9a-f]{8} asap sctp\\+udp://", CliProcess.LIMIT);
    return registrar;
  }

  private String left(int port) {
    return address(machines.leftAddress(0), machines.leftAddress(1), port);
  }

  private static String address(String host, String otherHost, int port) {
    return "sctp+udp://" + host + "|" + otherHost + ":" + port;
  }

  /// The element is still where it was registered first.
  private static void assertNothingNoticed(CliProcess registrar, RunningServer server) {
    assertThat(registrar.err().text())
        .containsOnlyOnce("event=Registered ")
        .doesNotContain("event=Removed ", "event=Deregistered ", "event=Orphaned ");
    assertThat(server.process().err().text())
        .containsOnlyOnce(" registered at ")
        .containsOnlyOnce(" home=")
        .doesNotContain("lost its registrar");
  }

  /// These associations of the registrar with the other machine have this path.
  private void awaitPath(
      CliProcess registrar, int path, String change, int before, String... associations) {
    for (String association : associations) {
      registrar
          .err()
          .await(
              "event=PathChanged .*association=%s path=%s %s"
                  .formatted(association, machines.rightAddress(path), change),
              before,
              CliProcess.LIMIT);
    }
  }

  /// The longest that a resolution took is a figure to look at, and nothing to insist on.
  private static void report(String what, RunningUsers users) {
    RunningUsers.Tally tally = users.awaitMore();
    assertThat(tally.failed()).as("%s: %s", what, tally.text()).isZero();
    System.out.println("two paths, " + what + ": " + tally.text());
  }

  /// The same of a session.
  private static void report(String what, Pings pings) {
    System.out.println("two paths, session, " + what + ": " + pings.awaitMore());
  }

  /// What the user and the element have sent again, as far as their logs say.
  private static void reportRepeats(String who, CliProcess process) {
    process
        .err()
        .text()
        .lines()
        .filter(line -> line.contains("PathLog"))
        .forEach(line -> System.out.println("two paths, session, " + who + ": " + line));
  }

  /// One end of the session, and the address of the other one that is cut off.
  private record End(CliProcess process, String there, int before) {
    static End now(CliProcess process, String there) {
      return new End(process, there, process.err().size());
    }

    void await(String change) {
      String path = " path " + there.replace(".", "\\.") + " is " + change;
      process.err().await("SctpAssociation: .*" + path, before, CliProcess.LIMIT);
    }
  }

  /// A user that asks all the time.
  private record Pings(CliProcess process) {
    private static final int MORE = 10;
    private static final Pattern ANSWER =
        Pattern.compile("^Ping (\\d+): .* after ([0-9.]+) ms$", Pattern.MULTILINE);

    static Pings await(CliProcess process) {
      process.out().await("^Ping 1: ", CliProcess.LIMIT);
      return new Pings(process);
    }

    /// Waits for some more answers, and tells the longest that any has taken so far.
    String awaitMore() {
      int seen = process.out().size();
      for (int i = 0; i < MORE; i++) {
        process.out().await("^Ping ", seen + i, CliProcess.LIMIT);
      }
      return slowest();
    }

    private String slowest() {
      MatchResult slowest =
          ANSWER
              .matcher(process.out().text())
              .results()
              .max(Comparator.comparingDouble(answer -> Double.parseDouble(answer.group(2))))
              .orElseThrow();
      return "%d lines, the longest of all answers so far: %s"
          .formatted(process.out().size(), slowest.group());
    }
  }
}
