package io.rserpool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class MainTest {
  static final Iterable<String> COMMANDS = Subcommands.NAMES;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @ParameterizedTest
  @FieldSource("COMMANDS")
  void everyCommandHasHelpThatSaysWhatItIsFor(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: rserpool " + command);
    assertThat(out.toString().lines().findFirst().orElseThrow()).isNotBlank().endsWith(".");
  }

  @Test
  void helpListsEveryCommand() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains(Subcommands.NAMES);
  }

  @Test
  void anUnknownCommandIsNamedAndTheKnownOnesAreListed() {
    assertThat(run("dmup")).isEqualTo(2);
    assertThat(err.toString()).contains("'dmup'", "dump", "doctor").doesNotContain("\tat ");
  }

  @Test
  void eachOfSeveralAddressesIsChecked() {
    assertThat(run("resolve", "EchoPool", "--registrar", "tcp://localhost,nonsense")).isEqualTo(2);
    assertThat(err.toString()).contains("--registrar", "'nonsense'", "tcp://host:port");
  }

  @Test
  void nothingToDoEndsLikeAMistake() {
    assertThat(run()).isEqualTo(2);
    assertThat(out.toString()).contains("Usage: rserpool");
  }
}
