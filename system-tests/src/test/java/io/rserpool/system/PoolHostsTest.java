package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Programs that know nothing of pools reach one by a host name, since a jar is on their class
/// path: three web servers at one port of three addresses, of which one is killed.
@Tag("system")
class PoolHostsTest {
  private final Stage stage = new Stage();
  private final List<CliProcess> servers = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private RunningRegistrar registrar;
  private String port = "0";

  @BeforeEach
  void begin() {
    registrar = stage.registrar();
    for (int number = 1; number <= 3; number++) {
      String own = "127.0.0.10" + number;
      CliProcess server =
          stage.add(
              CliProcess.start(
                  List.of(), HttpElementProgram.class, "web", own, port, registrar.asap()));
      MatchResult started = server.out().await("^serving ([\\d.]+):(\\d+) ", CliProcess.LIMIT);
      servers.add(server);
      addresses.add(started.group(1));
      port = started.group(2);
    }
  }

  @AfterEach
  void end() {
    stage.close();
  }

  private CliProcess loop(String how, String target, String... options) {
    List<String> jvmOptions = new ArrayList<>(List.of(options));
    jvmOptions.add("-Drserpool.registrars=" + registrar.asap());
    return stage.add(CliProcess.start(List.of(), jvmOptions, HttpLoopProgram.class, how, target));
  }

  private String url() {
    return "http://web.pool.rserpool:" + port + "/";
  }

  /// Kills the server that answered last, and tells what the program printed from then on until
  /// another one answered.
  private List<String> linesAfterAKill(CliProcess program) {
    String last = program.out().await("^answer ([\\d.]+)", CliProcess.LIMIT).group(1);
    int seen = program.out().size();
    long begunNs = System.nanoTime();
    servers.get(addresses.indexOf(last)).kill();
    String others = "^answer (?!" + last.replace(".", "\\.") + ":)";
    program.out().await(others, seen, CliProcess.LIMIT);
    System.out.printf(
        "web server killed: another one has answered %d ms later%n",
        Duration.ofNanos(System.nanoTime() - begunNs).toMillis());
    return program
        .out()
        .text()
        .lines()
        .skip(seen)
        .takeWhile(line -> !Pattern.matches(others + ".*", line))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "url"})
  void whenAServerIsKilledTheNextRequestReachesAnother(String how) {
    CliProcess program = loop(how, url());
    List<String> after = linesAfterAKill(program);
    // The request that was under way, and one that was connecting.
    assertThat(after).filteredOn(line -> line.startsWith("failed")).hasSizeLessThanOrEqualTo(2);
    int seen = program.out().size();
    program.out().await("^answer", seen + 50, CliProcess.LIMIT);
    assertThat(program.out().text().lines().skip(seen + 5)).noneMatch(l -> l.startsWith("failed"));
  }

  @Test
  void theVirtualMachinesOwnCacheWouldKeepTheDead() {
    CliProcess program = loop("url", url(), "-Drserpool.names.cache=jvm");
    String last = program.out().await("^answer ([\\d.]+)", CliProcess.LIMIT).group(1);
    servers.get(addresses.indexOf(last)).kill();
    int seen = program.out().size();
    program.out().await("^failed java.net.ConnectException", seen + 20, CliProcess.LIMIT);
    assertThat(program.out().text().lines().skip(seen + 2).limit(18))
        .allMatch(line -> line.startsWith("failed"));
  }

  @Test
  void itIsFoundOnTheModulePathAsWell() {
    String dist = System.getProperty("rserpool.dist", "../cli/target/dist");
    List<String> options =
        List.of(
            "--module-path",
            Path.of(dist, "lib").toString(),
            "--add-modules",
            "io.rserpool.gateway",
            "-Drserpool.registrars=" + registrar.asap());
    CliProcess program =
        stage.add(CliProcess.startBare(options, HttpLoopProgram.class, "client", url()));
    assertThat(linesAfterAKill(program))
        .filteredOn(line -> line.startsWith("failed"))
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void aListenerInTheProgramServesElementsOfAnyPort() {
    CliProcess odd =
        stage.add(
            CliProcess.start(
                List.of(), HttpElementProgram.class, "odd", "127.0.0.104", "0", registrar.asap()));
    odd.out().await("^serving", CliProcess.LIMIT);
    CliProcess program =
        loop(
            "url",
            "http://odd.pool.rserpool:" + port + "/",
            "-Drserpool.names.mode=listener",
            "-Drserpool.names.ports=" + port);
    program.out().await("^answer 127\\.0\\.0\\.104:", CliProcess.LIMIT);
  }

  @Test
  void aRegistrarThatIsNotThereIsAnUnknownHostWithinTheTime() {
    registrar.process().kill();
    CliProcess program = loop("url", url(), "-Drserpool.lookup-timeout=500ms");
    program.out().await("^failed java.net.UnknownHostException", CliProcess.LIMIT);
    // The text of the exception is not what this program shows, so it is logged as well.
    program
        .err()
        .await(
            "host=web.pool.rserpool is not found: .*pool=web.*" + registrar.asap(),
            CliProcess.LIMIT);
  }
}
