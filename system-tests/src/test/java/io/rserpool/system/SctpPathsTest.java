package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    String asap = address(3863);
    CliProcess registrar =
        stage.add(
            CliProcess.start(
                machines.onLeft(),
                List.of(),
                "registrar",
                "--asap=" + asap,
                "--enrp=" + address(9901)));
    registrar.out().await("^registrar 0x[0-9a-f]{8} asap sctp\\+udp://", CliProcess.LIMIT);
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
      awaitPath(registrar, path, "UNREACHABLE", before);
      users.assertServed(1);
      machines.join(path);
      awaitPath(registrar, path, "REACHABLE", before);
      String there = machines.leftAddress(path).replace(".", "\\.");
      server.process().err().await("the path to " + there + " works again", CliProcess.LIMIT);
      // The user's own side takes a heartbeat or two to see that the path works again.
      for (int i = 0; i < HEARTBEATS; i++) {
        report("joined, path " + path, users);
      }
    }

    assertThat(registrar.err().text())
        .containsOnlyOnce("event=Registered ")
        .doesNotContain("event=Removed ", "event=Deregistered ", "event=Orphaned ");
    assertThat(server.process().err().text())
        .containsOnlyOnce(" registered at ")
        .containsOnlyOnce(" home=")
        .doesNotContain("lost its registrar");
    assertThat(users.process().out().text()).doesNotContain("left 0x");
  }

  private String address(int port) {
    return "sctp+udp://" + machines.leftAddress(0) + "|" + machines.leftAddress(1) + ":" + port;
  }

  /// Both the element's association and the user's have this path.
  private void awaitPath(CliProcess registrar, int path, String change, int before) {
    for (String association : List.of("in-1", "in-2")) {
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
}
