package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The commands over SCTP in user space, several processes on one machine: one that is called, and
/// others that call. The machine is a network namespace, since a machine has one such UDP port.
@Tag("system")
class SctpCommandsTest {
  private static final String ASAP = "sctp+udp://127.0.0.1:3863";
  private static final String ENRP = "sctp+udp://127.0.0.1:9901";

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
  void registrarServerAndUsersMeet() {
    registrar("--asap=" + ASAP, "--enrp=" + ENRP);
    RunningServer server = RunningServer.await(start("serve", "echo", "--registrar=" + ASAP));
    CliProcess watch = start("watch", "EchoPool", "--registrar=" + ASAP);
    watch.out().await("present " + server.id(), CliProcess.LIMIT);

    assertThat(outputOf("resolve", "EchoPool", "--registrar=" + ASAP)).contains(server.id());
    assertThat(outputOf("dump", ENRP)).contains(server.id(), "enrp sctp://127.0.0.1:9901");

    server.process().signal("TERM");
    watch.out().await("left " + server.id(), CliProcess.LIMIT);
  }

  @Test
  void userSpaceStandsInWhereTheKernelHasNoSctp() {
    Assumptions.assumeTrue(UserSpaceSctp.standsIn(), "the kernel of this machine has SCTP");
    CliProcess registrar =
        registrar("--asap=sctp://127.0.0.1:3863", "--enrp=sctp://127.0.0.1:9901");
    registrar.err().await("sctp:// is spoken in user space", CliProcess.LIMIT);
    RunningServer server =
        RunningServer.await(start("serve", "echo", "--registrar=sctp://127.0.0.1:3863"));
    assertThat(outputOf("resolve", "EchoPool", "--registrar=" + ASAP)).contains(server.id());
  }

  @Test
  void aSecondRegistrarOfAMachineIsToldWhoIsInItsWay() {
    CliProcess first = registrar("--asap=" + ASAP, "--enrp=" + ENRP);
    CliProcess second =
        start("registrar", "--asap=sctp+udp://127.0.0.1:3864", "--enrp=sctp+udp://127.0.0.1:9902");
    assertThat(second.awaitExit()).isNotZero();
    second
        .err()
        .await(
            "cannot listen at sctp\\+udp://127.0.0.1:3864: .*needs UDP port 9899.*process "
                + first.pid()
                + " ",
            CliProcess.LIMIT);
  }

  private CliProcess registrar(String... addresses) {
    CliProcess registrar = start("registrar", addresses[0], addresses[1]);
    registrar.out().await("^registrar 0x[0-9a-f]{8} asap sctp", CliProcess.LIMIT);
    return registrar;
  }

  private CliProcess start(String... arguments) {
    return stage.add(CliProcess.start(machines.onLeft(), List.of(), arguments));
  }

  /// On a machine that is busy with other tests the library may be loaded so slowly that a command
  /// gives up, and says that trying again makes sense.
  private String outputOf(String... arguments) {
    return Until.seen("success", () -> start(arguments).result(), result -> result.exitCode() == 0)
        .out();
  }
}
