package io.rserpool.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsAreAsWideAsTheirWidestCellAndLinesHaveNoTrailingSpace() {
    Table table = new Table("A", "LONG", "Z");
    table.add("aaa", "b", "");
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text), "  ");
    assertThat(text.toString().lines()).containsExactly("  A    LONG  Z", "  aaa  b");
  }

  @Test
  void aRowOfAnotherWidthIsRefused() {
    Table table = new Table("A", "B");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.add("a"))
        .withMessageContaining("2");
  }

  @Test
  void jsonKeepsTheOrderOfItsMembersAndEscapesText() {
    Json inner = new Json().put("z", 1).put("a", true);
    assertThat(new Json().put("text", "a\"b\n").put("inner", inner))
        .hasToString("{\"text\":\"a\\\"b\\n\",\"inner\":{\"z\":1,\"a\":true}}");
  }
}
