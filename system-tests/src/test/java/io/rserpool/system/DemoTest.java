package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("system")
class DemoTest {
  private final Stage stage = new Stage();

  @AfterEach
  void end() {
    stage.close();
  }

  @Test
  void theDemonstrationCompletesThePictureAndCleansUp(@TempDir Path directory) throws Exception {
    CliResult result = completes(directory, "demo");
    assertThat(result.out()).doesNotContain("TLS");
  }

  @Test
  void soItDoesUnderTls(@TempDir Path directory) throws Exception {
    CliResult result = completes(directory, "demo", "--secure");
    assertThat(result.out())
        .contains("goes over TLS 1.3", "their certificates and keys are removed");
  }

  private CliResult completes(Path directory, String... command) throws Exception {
    Path picture = directory.resolve("demo.png");
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("-o", picture.toString()));
    CliProcess demo =
        stage.add(
            CliProcess.start(
                List.of(),
                List.of("-Djava.io.tmpdir=" + directory),
                arguments.toArray(String[]::new)));
    MatchResult server = demo.out().await("server 1 .* process (\\d+)", CliProcess.LIMIT);
    CliResult result = demo.result();

    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.out())
        .contains("The picture is complete", "none lost")
        .containsPattern("(?s)\\+\\d+ ms  noticed by the client.* frozen by SIGSTOP\\n")
        .containsPattern("(?s) frozen by SIGSTOP\\n.*\\+\\d+ ms  noticed by the client")
        .containsPattern("first result from server \\d")
        .doesNotContain("never noticed");
    showsTheTakeover(result.out());
    assertThat(result.err()).as("%s", result).isEmpty();
    assertThat(ImageIO.read(picture.toFile()).getWidth()).isGreaterThan(1_000);
    assertThat(isAlive(server)).isFalse();
    try (var files = Files.list(directory)) {
      assertThat(files.map(Path::getFileName).map(Objects::toString)).containsExactly("demo.png");
    }
    return result;
  }

  /// Of the registrar that was killed: one of the others takes it over, and each server that it leaves
  /// behind and that lives on is at home with one of the others.
  private static void showsTheTakeover(String text) {
    String timeline = text.substring(text.indexOf("What happened, and how soon"));
    MatchResult loss =
        Pattern.compile(" registrar (\\d).* killed by SIGKILL, the home of server (\\d)(.*)\\n")
            .matcher(timeline)
            .results()
            .findFirst()
            .orElseThrow(() -> new AssertionError("no registrar was killed:\n" + text));
    String victim = loss.group(1);
    String after = timeline.substring(loss.end());
    assertThat(after)
        .containsPattern("\\+\\d+ ms  counts as dead for registrar [123&&[^" + victim + "]]")
        .containsPattern("\\+\\d+ ms  taken over by registrar [123&&[^" + victim + "]]")
        .containsPattern(
            "\\+\\d+ ms  server \\d is at home with registrar [123&&[^" + victim + "]]")
        .doesNotContain("nobody has taken it over");
  }

  @Test
  void interruptedItLeavesNothingBehind(@TempDir Path directory) throws Exception {
    CliProcess demo =
        stage.add(
            CliProcess.start(
                List.of(),
                List.of("-Djava.io.tmpdir=" + directory),
                "demo",
                "-o",
                directory.resolve("demo.png").toString()));
    MatchResult server = demo.out().await("server 1 .* process (\\d+)", CliProcess.LIMIT);
    demo.out().await("frozen by SIGSTOP", CliProcess.LIMIT);
    int exitCode = Interruption.of(demo);
    assertThat(demo.awaitExit()).isEqualTo(exitCode);
    assertThat(isAlive(server)).isFalse();
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  private static boolean isAlive(MatchResult process) {
    Optional<ProcessHandle> handle = ProcessHandle.of(Long.parseLong(process.group(1)));
    return handle.isPresent() && handle.get().isAlive();
  }
}
