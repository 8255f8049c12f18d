package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("system")
class UsageTest {

  static Stream<Arguments> mistakes() {
    return Stream.of(
        // What is typed, and what the answer has to contain: the option, and what was given.
        mistake("registrar --asap nowhere", "--asap", "nowhere", "tcp://host:port"),
        mistake("registrar --enrp tcp://localhost:99999", "--enrp", "99999", "0 to 65535"),
        mistake("registrar --peer tls://localhost:9902", "--peer", "tls://", "--tls DIR"),
        mistake("registrar --tls /nonexistent", "--tls", "/nonexistent/", "pki issue"),
        mistake("registrar --policy /nonexistent", "--policy", "--tls"),
        mistake("registrar --peer nowhere", "--peer", "'nowhere'", "tcp://host:port"),
        mistake("registrar --peer tcp://localhost:99999", "--peer", "99999", "65535"),
        mistake("registrar --id 0", "--id", "'0'", "1 to 4294967295"),
        mistake("registrar --profile fast", "--profile", "fast", "standard"),
        mistake("registrar --config /nonexistent.yaml", "--config", "/nonexistent.yaml"),
        mistake("serve", "SERVICE"),
        mistake("serve ech", "SERVICE", "'ech'", "echo"),
        mistake("serve echo --policy fastest", "--policy", "'fastest'", "rr"),
        mistake("serve echo --policy lud", "--policy", "'lud'", "lud:fraction"),
        mistake("serve echo --id xyz", "--id", "'xyz'", "hexadecimal"),
        mistake("serve echo --listen tls://localhost:1", "--listen", "tls://", "--tls DIR"),
        mistake("resolve P --tls /nonexistent", "--tls", "/nonexistent/", "pki issue"),
        mistake("resolve P --registrar tls://localhost", "--registrar", "tls://", "--tls DIR"),
        mistake("dump tls://localhost", "ADDRESS", "tls://", "--tls DIR"),
        mistake("serve echo --max-sessions none", "--max-sessions", "'none'"),
        mistake("serve echo --max-sessions 0", "--max-sessions", "0", "1 to"),
        mistake("connect", "POOL"),
        mistake("connect P --wait long", "--wait", "'long'"),
        mistake("connect P --element 5000000000", "--element", "'5000000000'", "4294967295"),
        mistake("connect P --registrar localhost", "--registrar", "'localhost'", "tcp://host:port"),
        mistake("gateway", "--listen", "POOL"),
        mistake("gateway P --listen 5432", "--listen", "'5432'", "127.0.0.1:5432"),
        mistake("gateway P --listen 127.0.0.1:1 --max-connections 0", "--max-connections", "0"),
        mistake("resolve", "POOL"),
        mistake("resolve P --items -1", "--items", "'-1'", "0 to"),
        mistake("watch", "POOL"),
        mistake("watch P --log-level loud", "--log-level", "'loud'", "debug"),
        mistake("dump tcp://", "ADDRESS", "'tcp://'"),
        mistake("dump --timeout 0", "--timeout", "0", "1 to 3600"),
        mistake("report P", "ELEMENT"),
        mistake("report P 0", "ELEMENT", "'0'", "1 to 4294967295"),
        mistake("remove P x", "ELEMENT", "'x'"),
        mistake("drain P", "ELEMENT"),
        mistake("doctor --registrar http://localhost", "--registrar", "http://localhost"),
        mistake("demo --output /nonexistent/demo.png", "--output", "/nonexistent/demo.png"),
        mistake("simulate --scenario weather", "--scenario", "'weather'", "storm", "all"),
        mistake("simulate --profile fast", "--profile", "'fast'", "standard", "all"),
        mistake("simulate --seeds 0", "--seeds", "0", "1 to 1000000000"),
        mistake("simulate --seed x", "--seed", "'x'"),
        mistake("simulate --hours 0", "--hours", "0", "more than 0 to 10000"),
        mistake("simulate --hours 10001", "--hours", "10001", "more than 0 to 10000"),
        mistake("simulate --minutes 0", "--minutes", "0", "1 to 1000000"),
        mistake("simulate --jobs 5000", "--jobs", "5000", "1 to 1024"),
        mistake("simulate --seeds 3 --hours 1", "--hours", "--seeds 3"),
        mistake("simulate --trace", "--trace", "--scenario", "--profile", "--seed"),
        mistake("resolve P --colour", "--colour"),
        mistake("resovle P", "'resovle'", "resolve"));
  }

  private static Arguments mistake(String line, String... named) {
    return Arguments.of(line, List.of(named));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeOnTheCommandLineIsNamedAndEndsWith2(String line, List<String> named) {
    CliResult result = CliProcess.run(line.split(" "));
    assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
    assertThat(result.err()).as("%s", result).contains(named).doesNotContain("\tat ");
    assertThat(result.out()).as("%s", result).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"asap: 17", "asap: [nowhere]", "colour: blue", "asap: [", "profile: fast"})
  void aMistakeInTheConfigurationIsNamedAndEndsWith2(String content, @TempDir Path directory)
      throws IOException {
    Path file =
        Files.writeString(directory.resolve("registrar.yaml"), "# trial\n" + content + "\n");
    CliResult result = CliProcess.run("registrar", "--config", file.toString());
    assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
    assertThat(result.err())
        .as("%s", result)
        .contains(file.toString())
        .containsPattern("registrar.yaml:[23]: ")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registrar",
        "serve",
        "connect",
        "gateway",
        "resolve",
        "watch",
        "dump",
        "report",
        "remove",
        "drain",
        "decode",
        "doctor",
        "demo",
        "cookie-keys",
        "pki",
        "simulate",
        "java-options",
        "completion"
      })
  void everyCommandTeachesItself(String command) {
    CliResult result = CliProcess.run(command, "--help");
    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.out())
        .as("%s", result)
        .contains("Usage: rserpool " + command)
        .contains("Example")
        .contains("Exit codes:");
    assertThat(result.out().lines()).as("%s", result).allMatch(line -> line.length() <= 100);
  }

  @Test
  void completionIsAScriptThatBashAccepts(@TempDir Path directory) throws IOException {
    CliResult result = CliProcess.run("completion");
    assertThat(result.exitCode()).as("%s", result).isZero();
    Path script = Files.writeString(directory.resolve("rserpool"), result.out());
    Shell.run("bash", "-n", script.toString());
    assertThat(result.out()).contains("resolve", "--registrar", "chargen");
  }

  @Test
  void withoutRegistrarACommandEndsWith1AndSaysThatARetryMakesSense() {
    CliResult result = CliProcess.run("resolve", "EchoPool", "--registrar=tcp://127.0.0.1:1");
    assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
    assertThat(result.err()).contains("tcp://127.0.0.1:1", "again").doesNotContain("\tat ");
  }

  @Test
  void verboseShowsTheStackTrace() {
    CliResult result = CliProcess.run("resolve", "EchoPool", "--registrar=tcp://127.0.0.1:1", "-v");
    assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
    assertThat(result.err()).contains("\tat ");
  }
}
