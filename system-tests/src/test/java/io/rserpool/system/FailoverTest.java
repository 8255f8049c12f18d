package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("system")
class FailoverTest {
  private final Stage stage = new Stage();

  @AfterEach
  void end() {
    stage.close();
  }

  @Test
  void aSessionMovesOnWhenItsServerIsKilled() {
    RunningRegistrar registrar = stage.registrar();
    RunningServer one = stage.serve(registrar, "echo");
    RunningServer two = stage.serve(registrar, "echo");
    CliProcess client = stage.start("connect", "EchoPool", "--registrar=" + registrar.asap());
    String first = connectedTo(client);
    client.type("before");
    client.out().await("^before$", CliProcess.LIMIT);

    (first.equals(one.id()) ? one : two).process().kill();

    String other = first.equals(one.id()) ? two.id() : one.id();
    client.err().await("moved from element " + first + " .* to " + other, CliProcess.LIMIT);
    client.type("after");
    client.out().await("^after$", CliProcess.LIMIT);
    client.endInput();
    CliResult result = client.result();
    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.out()).as("%s", result).isEqualTo("before\nafter");
  }

  @Test
  void aFrozenServerIsRemovedItsSessionMovesOnAndItComesBackWhenItThaws() {
    RunningRegistrar registrar = stage.registrar();
    RunningServer one = stage.serve(registrar, "echo");
    RunningServer two = stage.serve(registrar, "echo");
    CliProcess watch = stage.start("watch", "EchoPool", "--registrar=" + registrar.asap());
    watch.out().await("2 elements$", CliProcess.LIMIT);
    CliProcess client = stage.start("connect", "EchoPool", "--registrar=" + registrar.asap());
    RunningServer frozen = connectedTo(client).equals(one.id()) ? one : two;
    RunningServer other = frozen.equals(one) ? two : one;
    client.type("before");
    client.out().await("^before$", CliProcess.LIMIT);

    frozen.process().signal("STOP");

    watch.out().await("left " + frozen.id(), CliProcess.LIMIT);
    client
        .err()
        .await("moved from element " + frozen.id() + " .* to " + other.id(), CliProcess.LIMIT);
    client.type("after");
    client.out().await("^after$", CliProcess.LIMIT);
    registrar.process().err().await("element=" + frozen.id(), CliProcess.LIMIT);

    int before = watch.out().size();
    frozen.process().signal("CONT");
    watch.out().await("joined " + frozen.id(), before, CliProcess.LIMIT);
  }

  @Test
  void outstandingAnswersArriveAfterTheEndOfTheInput() {
    RunningRegistrar registrar = stage.registrar();
    stage.serve(registrar, "echo");
    CliProcess client = stage.start("connect", "EchoPool", "--registrar=" + registrar.asap());
    for (int i = 0; i < 5_000; i++) {
      client.type("line " + i);
    }
    client.endInput();
    CliResult result = client.result();
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(result.out().lines()).hasSize(5_000).last().isEqualTo("line 4999");
  }

  @Test
  void aServiceThatEndsItsSessionsEndsTheConversation() {
    RunningRegistrar registrar = stage.registrar();
    stage.serve(registrar, "daytime");
    CliResult result =
        CliProcess.run(
            "connect", "--until-close", "DaytimePool", "--registrar=" + registrar.asap());
    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.out()).as("%s", result).matches("\\w+, \\d\\d-\\w+-\\d{4} [\\d:.]+");
  }

  @Test
  void nobodyReadingEndsTheConversationQuietly() {
    RunningRegistrar registrar = stage.registrar();
    stage.serve(registrar, "chargen");
    CliProcess client = stage.start("connect", "CharGenPool", "--registrar=" + registrar.asap());
    connectedTo(client);
    client.closeOutput();
    assertThat(client.awaitExit()).isZero();
    assertThat(client.err().text()).doesNotContain("Exception", "Broken pipe");
  }

  private static String connectedTo(CliProcess client) {
    return client
        .err()
        .await("^connected to pool \\S+: element (0x[0-9a-f]{8}) ", CliProcess.LIMIT)
        .group(1);
  }
}
