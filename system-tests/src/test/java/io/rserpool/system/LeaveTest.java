package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("system")
class LeaveTest {
  private final Stage stage = new Stage();

  @AfterEach
  void end() {
    stage.close();
  }

  @Test
  void aServerThatIsToldToEndLeavesItsPoolFirst() {
    RunningRegistrar registrar = stage.registrar();
    RunningServer server = stage.serve(registrar, "echo");
    CliProcess watch = stage.start("watch", "EchoPool", "--registrar=" + registrar.asap());
    watch.out().await("present " + server.id(), CliProcess.LIMIT);

    server.process().signal("TERM");

    assertThat(server.process().awaitExit()).isEqualTo(143);
    watch.out().await("left " + server.id(), CliProcess.LIMIT);
    CliResult result = CliProcess.run("resolve", "EchoPool", "--registrar=" + registrar.asap());
    assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
    assertThat(result.err()).as("%s", result).contains("EchoPool", "again");
  }

  @Test
  void removeEndsAServerItsSessionMovesOnAndTheRegistrarLogsIt() {
    RunningRegistrar registrar = stage.registrar();
    RunningServer one = stage.serve(registrar, "echo");
    CliProcess client = stage.start("connect", "EchoPool", "--registrar=" + registrar.asap());
    client.err().await("element " + one.id(), CliProcess.LIMIT);
    RunningServer two = stage.serve(registrar, "echo");

    CliResult result =
        CliProcess.run("remove", "EchoPool", one.id(), "--json", "--registrar=" + registrar.asap());

    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.out())
        .isEqualTo("{\"pool\":\"EchoPool\",\"element\":\"%s\",\"done\":\"removed\"}", one.id());
    assertThat(one.process().awaitExit()).isZero();
    client.err().await("moved from element " + one.id() + " .* to " + two.id(), CliProcess.LIMIT);
    client.type("still there");
    client.out().await("^still there$", CliProcess.LIMIT);
    registrar.process().err().await("element=" + one.id(), CliProcess.LIMIT);
  }

  @Test
  void drainLetsTheLastSessionEndBeforeTheServerDoes() {
    RunningRegistrar registrar = stage.registrar();
    RunningServer one = stage.serve(registrar, "echo");
    CliProcess client = stage.start("connect", "EchoPool", "--registrar=" + registrar.asap());
    client.err().await("element " + one.id(), CliProcess.LIMIT);
    RunningServer two = stage.serve(registrar, "echo");
    CliProcess watch = stage.start("watch", "EchoPool", "--registrar=" + registrar.asap());
    watch.out().await("2 elements$", CliProcess.LIMIT);

    CliResult result =
        CliProcess.run("drain", "EchoPool", one.id(), "--registrar=" + registrar.asap());

    assertThat(result.exitCode()).as("%s", result).isZero();
    watch.out().await("left " + one.id(), CliProcess.LIMIT);
    client.type("the same server");
    client.out().await("^the same server$", CliProcess.LIMIT);
    assertThat(client.err().text()).doesNotContain("moved");
    assertThat(one.process().isAlive()).isTrue();
    client.endInput();
    assertThat(client.result().exitCode()).isZero();
    assertThat(one.process().awaitExit()).isZero();
    assertThat(two.process().isAlive()).isTrue();
  }

  @Test
  void anElementThatIsNotThereCannotBeTakenOut() {
    RunningRegistrar registrar = stage.registrar();
    RunningServer server = stage.serve(registrar, "echo", "--id=0x00000007");
    CliResult result = CliProcess.run("remove", "EchoPool", "8", "--registrar=" + registrar.asap());
    assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
    assertThat(result.err()).as("%s", result).contains("0x00000008", "0x00000007");
    assertThat(server.process().isAlive()).isTrue();
  }

  @Test
  void aReportOfALivingServerDoesItNoHarm() {
    RunningRegistrar registrar = stage.registrar();
    RunningServer server = stage.serve(registrar, "echo");
    CliResult result =
        CliProcess.run("report", "EchoPool", server.id(), "--registrar=" + registrar.asap());
    assertThat(result.exitCode()).as("%s", result).isZero();
    CliResult resolved = CliProcess.run("resolve", "EchoPool", "--registrar=" + registrar.asap());
    assertThat(resolved.out()).as("%s", resolved).contains(server.id());
  }
}
