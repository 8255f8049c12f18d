package io.rserpool.cli.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.cli.survey.ElementName;
import io.rserpool.cli.survey.RegistrarView;
import io.rserpool.cli.survey.Share;
import io.rserpool.cli.survey.Statement;
import io.rserpool.cli.survey.Survey;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShareReportTest {
  private static final int ECHO_CHECKSUM = 0x29a5;

  private static List<ElementName> names(int... ids) {
    return IntStream.of(ids)
        .mapToObj(id -> new ElementName(PoolHandle.of("EchoPool"), ElementId.of(id)))
        .toList();
  }

  private static Share share(int id, List<ElementName> believed, Statement statement) {
    return new Share(ServerId.of(id), List.of("tcp://h:" + id), believed, statement);
  }

  private static Survey survey(Share... shares) {
    RegistrarView view =
        new RegistrarView(ServerId.of(1), ServerInformation.NONE, 7, List.of(), List.of());
    return new Survey(view, List.of(shares));
  }

  private static final Share IN_STEP =
      share(
          1,
          names(0x12345678),
          new Statement.Told(ECHO_CHECKSUM, names(0x12345678), Duration.ofMillis(1)));
  private static final Share DIFFERENT =
      share(2, names(1, 2), new Statement.Told(5, names(2, 3, 4), Duration.ofMillis(1)));
  private static final Share SILENT =
      share(3, names(9), new Statement.Silent("nobody listens there"));

  @Test
  void theTableSaysWhoIsInStepAndWhoIsNot() {
    StringWriter text = new StringWriter();
    ShareReport.print(survey(IN_STEP, DIFFERENT, SILENT), new PrintWriter(text, true));
    assertThat(text.toString().lines().map(String::strip))
        .containsExactly(
            "REGISTRAR   ENRP       ELEMENTS  CHECKSUM  ITS OWN  STATE",
            "0x00000001  tcp://h:1  1         0x29a5    0x29a5   in step",
            "0x00000002  tcp://h:2  2         0x24a0    0x0005   differs: 1 element only here, 2 only there",
            "0x00000003  tcp://h:3  1         0x9248    -        no answer: nobody listens there",
            "only here, with home 0x00000002: EchoPool/0x00000001",
            "only at 0x00000002: EchoPool/0x00000003, EchoPool/0x00000004");
  }

  @Test
  void manyNamesAreCounted() {
    Share many =
        share(
            2,
            names(IntStream.rangeClosed(1, 8).toArray()),
            new Statement.Told(5, List.of(), Duration.ZERO));
    StringWriter text = new StringWriter();
    ShareReport.print(survey(many), new PrintWriter(text, true));
    assertThat(text.toString()).contains("EchoPool/0x00000005 and 3 more");
  }

  @Test
  void jsonHasTheSame() {
    assertThat(RegistrarReport.json(survey(IN_STEP, DIFFERENT, SILENT), List.of()).toString())
        .contains(
            "{\"id\":\"0x00000001\",\"enrp\":[\"tcp://h:1\"],\"elements\":1,"
                + "\"checksum\":\"0x29a5\",\"state\":\"in-step\",\"ownChecksum\":\"0x29a5\","
                + "\"ownElements\":1}")
        .contains("\"state\":\"differs\"", "\"onlyHere\":[\"EchoPool/0x00000001\"]")
        .contains("\"state\":\"unknown\",\"reason\":\"nobody listens there\"");
  }
}
