package io.rserpool.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ServerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossTest {
  private static final String DEAD =
      "10:00:00.%03d WARN  registrar: node=0x0000000%d event=Dead peer=%s dead after 3 ms\n";
  private static final String TAKEN_OVER =
      "10:00:00.%03d INFO  registrar: node=0x0000000%d event=TakeoverWon peer=%s taken over\n";
  private static final String LOST = "0x00000001";
  private static final String ANOTHER = "0x00000009";

  @TempDir private Path directory;

  private RegistrarChild registrar(int number, String log) throws IOException {
    Path file = Files.writeString(directory.resolve("registrar-" + number + ".log"), log);
    // The process is not looked at.
    Process process = new ProcessBuilder("true").start();
    return new RegistrarChild(
        number, ServerId.of(number), "tcp://h", new Child("registrar " + number, process, file));
  }

  private Loss loss(String atTime, String logOf2, String logOf3) throws IOException {
    RegistrarChild lost = registrar(1, "");
    Server orphan = new Server(4, ElementId.of(0x44), lost.child());
    return new Loss(
        lost,
        0,
        LocalTime.parse(atTime),
        List.of(orphan),
        List.of(registrar(2, logOf2), registrar(3, logOf3)),
        new LinkedHashMap<>());
  }

  @Test
  void theLogsTellWhoNoticedFirstAndWhoTookOver() throws IOException {
    Loss loss =
        loss(
            "10:00:00.100",
            DEAD.formatted(120, 2, LOST) + "noise\n" + TAKEN_OVER.formatted(140, 2, LOST),
            DEAD.formatted(115, 3, LOST));
    loss.homes(60_000_000, Map.of(ElementId.of(0x44), ServerId.of(2)));
    assertThat(loss.isMended()).isTrue();
    assertThat(loss.toLines().stream().map(String::strip))
        .containsExactly(
            "+15 ms  counts as dead for registrar 3 (0x00000003)",
            "+40 ms  taken over by registrar 2 (0x00000002)",
            "+60 ms  server 4 is at home with registrar 2 (0x00000002)");
  }

  @Test
  void whatIsSaidOfAnotherRegistrarIsNotCounted() throws IOException {
    Loss loss = loss("10:00:00.100", TAKEN_OVER.formatted(140, 2, ANOTHER), "");
    assertThat(loss.isMended()).isFalse();
    assertThat(loss.toLines()).singleElement().asString().contains("nobody has taken it over");
  }

  @Test
  void theHomeThatIsLostIsNoNewOne() throws IOException {
    Loss loss = loss("10:00:00.100", "", "");
    loss.homes(1, Map.of(ElementId.of(0x44), ServerId.of(1)));
    assertThat(loss.adoptions()).isEmpty();
  }

  @Test
  void aDayMayEndMeanwhile() throws IOException {
    Loss loss = loss("23:59:59.990", TAKEN_OVER.formatted(5, 2, LOST).replace("10:", "00:"), "");
    assertThat(loss.toLines()).singleElement().asString().contains("+15 ms  taken over");
  }
}
