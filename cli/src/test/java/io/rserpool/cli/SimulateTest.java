package io.rserpool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private List<String> lines() {
    return out.toString().lines().toList();
  }

  @Test
  void aCalmScopeIsSimulatedAndSummedUp() {
    int exitCode = run("simulate", "--scenario=calm", "--seed=1", "--seeds=2", "--minutes=1");
    assertThat(exitCode).as("%s%s", out, err).isZero();
    assertThat(lines())
        .contains("No violation.")
        .anyMatch(line -> line.matches("seeds +2"))
        .anyMatch(line -> line.matches("events +[1-9].*"))
        .anyMatch(line -> line.matches("messages +[1-9].*"))
        .anyMatch(line -> line.matches("living-owner +[1-9].*"));
  }

  @Test
  void aSeedAloneIsRunOnce() {
    assertThat(run("simulate", "--scenario=calm", "--seed=7", "--minutes=1")).isZero();
    assertThat(lines()).anyMatch(line -> line.matches("seeds +1"));
  }

  @Test
  void theTraceOfASeedIsAlwaysTheSame() {
    String[] command = {"simulate", "--scenario=crashes", "--seed=9", "--minutes=1", "--trace"};
    assertThat(run(command)).isZero();
    List<String> first = trace();
    out.getBuffer().setLength(0);
    assertThat(run(command)).isZero();
    assertThat(first).hasSizeGreaterThan(100);
    assertThat(trace()).isEqualTo(first);
  }

  /// The lines before the summary.
  private List<String> trace() {
    return lines().stream().takeWhile(line -> !line.isEmpty()).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --scenario=weather | --scenario | 'weather' | storm
          --profile=fast | --profile | 'fast' | standard
          --seeds=0 | --seeds | 0 | 1 to
          --seed=x | --seed | 'x' |
          --hours=0 | --hours | 0.0 | more than 0
          --minutes=0 | --minutes | 0 | 1 to
          --jobs=5000 | --jobs | 5000 | 1 to 1024
          --hours=20000 | --hours | 20000 | 10000
          --minutes=1.5 | --minutes | '1.5' |
          --profile=fast | --profile | 'fast' | all
          --trace | --trace | --seed | --scenario
          """)
  void aMistakeIsNamed(String option, String name, String given, String expected) {
    assertThat(run("simulate", option)).isEqualTo(2);
    assertThat(err.toString()).contains(name, given, expected == null ? "" : expected);
  }

  @Test
  void allProfilesAreTakenInTurn() {
    assertThat(
            run(
                "simulate",
                "--scenario=calm",
                "--profile=all",
                "--seed=1",
                "--seeds=3",
                "--minutes=1"))
        .as("%s%s", out, err)
        .isZero();
    assertThat(lines())
        .anyMatch(line -> line.matches("  in standard +.*, 1 seed"))
        .anyMatch(line -> line.matches("  in rfc +.*, 1 seed"))
        .anyMatch(line -> line.matches("  in rsplib +.*, 1 seed"));
  }

  @Test
  void aTimeOfRealHoursEndsARunWithItsSummary() {
    assertThat(run("simulate", "--scenario=calm", "--hours=0.0005")).as("%s%s", out, err).isZero();
    assertThat(lines())
        .contains("No violation.")
        .anyMatch(line -> line.matches("seeds +[0-9]+"))
        .anyMatch(line -> line.matches("real time .* simulated days a minute"));
  }

  @Test
  void aTraceIsOfOneProfileOnly() {
    assertThat(run("simulate", "--scenario=calm", "--profile=all", "--seed=1", "--trace"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--trace", "--profile");
  }

  @Test
  void seedsAndHoursDoNotGoTogether() {
    assertThat(run("simulate", "--seeds=3", "--hours=1")).isEqualTo(2);
    assertThat(err.toString()).contains("--hours", "--seeds 3");
  }
}
