package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("system")
class DumpTest {
  private final Stage stage = new Stage();

  @AfterEach
  void end() {
    stage.close();
  }

  @Test
  void dumpShowsTheHandlespaceAndIsNotTakenForAPeer() {
    RunningRegistrar registrar = stage.registrar("--id=0x0badcafe");
    stage.serve(registrar, "echo", "--id=0x00000001", "--policy=lud:0.25");
    stage.serve(registrar, "discard", "--id=0x00000002");

    for (int i = 0; i < 2; i++) {
      CliResult table = CliProcess.run("dump", registrar.enrp());
      assertThat(table.exitCode()).as("%s", table).isZero();
      assertThat(table.out())
          .contains("registrar 0x0badcafe", "no peers", "2 pools, 2 elements")
          .containsPattern("0x00000001 +tcp://127.0.0.1:\\d+ +lud:0.25 load 0.* 0x0badcafe")
          .containsPattern("0x00000002 +tcp://127.0.0.1:\\d+ +rr ");
    }
    CliResult json = CliProcess.run("dump", "--json", registrar.enrp());
    assertThat(json.exitCode()).as("%s", json).isZero();
    assertThat(json.out().lines())
        .singleElement()
        .asString()
        .startsWith("{\"registrar\":{\"id\":\"0x0badcafe\"");
  }

  @Test
  void dumpSaysThatTwoRegistrarsAreInStep() {
    RunningRegistrar one = stage.registrar();
    RunningRegistrar other = stage.registrar("--peer=" + one.enrp());
    stage.serve(one, "echo", "--id=0x00000001");
    stage.serve(one, "echo", "--id=0x00000002");
    stage.serve(other, "echo", "--id=0x00000003");

    for (RunningRegistrar asked : List.of(one, other)) {
      CliResult table = dumpOnceComplete(asked);
      assertThat(table.out())
          .contains("registrar " + asked.id(), "1 peer", "ITS OWN", "1 pool, 3 elements")
          .containsPattern(inStep(one, 2))
          .containsPattern(inStep(other, 1))
          .doesNotContain("differs", "no answer", "only here", "only at");
    }
    CliResult json = CliProcess.run("dump", "--json", one.enrp());
    assertThat(json.out())
        .containsPattern("\"id\":\"" + one.id() + "\"[^}]*\"state\":\"in-step\"")
        .containsPattern("\"id\":\"" + other.id() + "\"[^}]*\"state\":\"in-step\"");
  }

  /// What was acknowledged by one registrar may take a moment to the other one.
  private static CliResult dumpOnceComplete(RunningRegistrar asked) {
    long endNs = System.nanoTime() + CliProcess.LIMIT.toNanos();
    CliResult table;
    do {
      table = CliProcess.run("dump", asked.enrp());
      assertThat(table.exitCode()).as("%s", table).isZero();
    } while (!table.out().contains("3 elements") && System.nanoTime() < endNs);
    return table;
  }

  /// The row of a registrar whose checksum is everywhere the same.
  private static String inStep(RunningRegistrar registrar, int elements) {
    return registrar.id()
        + " +"
        + registrar.enrp()
        + " +"
        + elements
        + " +(0x[0-9a-f]{4}) +\\1 +in step";
  }

  @Test
  void resolveAndWatchSpeakJson() throws IOException {
    RunningRegistrar registrar = stage.registrar();
    RunningServer server = stage.serve(registrar, "echo");
    CliResult resolved =
        CliProcess.run("resolve", "--json", "EchoPool", "--registrar=" + registrar.asap());
    assertThat(resolved.exitCode()).as("%s", resolved).isZero();
    assertThat(resolved.out())
        .startsWith("{\"pool\":\"EchoPool\",\"policy\":\"rr\"")
        .contains("\"element\":\"" + server.id() + "\"");
    CliProcess watch =
        stage.start("watch", "--json", "EchoPool", "--registrar=" + registrar.asap());
    watch.out().await("^\\{.*\"joined\":\\[\\{\"element\":\"" + server.id(), CliProcess.LIMIT);
    server.process().kill();
    watch.out().await("^\\{.*\"left\":\\[\\{\"element\":\"" + server.id(), CliProcess.LIMIT);
    int exitCode = Interruption.of(watch);
    assertThat(watch.awaitExit()).isEqualTo(exitCode);
  }

  @Test
  void watchEndsQuietlyOnceNobodyReads() {
    RunningRegistrar registrar = stage.registrar();
    CliProcess watch = stage.start("watch", "EchoPool", "--registrar=" + registrar.asap());
    watch.out().await("no elements", CliProcess.LIMIT);
    watch.closeOutput();
    // A read that was under way may still take the first change; the second finds nobody.
    stage.serve(registrar, "echo");
    stage.serve(registrar, "echo");
    assertThat(watch.awaitExit()).isZero();
    assertThat(watch.err().text()).doesNotContain("Exception");
  }

  @Test
  void doctorSaysWhetherARegistrarAnswers() {
    RunningRegistrar registrar = stage.registrar();
    CliResult good = CliProcess.run("doctor", "--registrar=" + registrar.asap());
    assertThat(good.out())
        .containsPattern("ok +registrar +" + registrar.asap() + " answers in \\d+ ms")
        .contains("only one is configured");
    CliResult bad = CliProcess.run("doctor", "--json", "--registrar=tcp://127.0.0.1:1");
    assertThat(bad.exitCode()).as("%s", bad).isEqualTo(1);
    assertThat(bad.out()).contains("\"grade\":\"problem\",\"subject\":\"registrar\"");
  }
}
