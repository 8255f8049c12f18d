package io.rserpool.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.net.status.StatusOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class StatusOptionTest {

  @Command
  private static final class Program {}

  private static StatusOptions options(
      StatusOptions before, Map<String, String> environment, String... arguments) {
    StatusOption option = new StatusOption(environment);
    CommandLine line = new CommandLine(new Program());
    line.addMixin("status", option);
    line.parseArgs(arguments);
    return option.options(before);
  }

  private static StatusOptions options(Map<String, String> environment, String... arguments) {
    return options(StatusOptions.OFF, environment, arguments);
  }

  @Test
  void nothingIsReportedUnlessAServerIsGiven() {
    assertThat(options(Map.of())).isEqualTo(StatusOptions.OFF);
    assertThat(options(Map.of("CSP_INTERVAL", "500", "CSP_SERVER", " ")).isOn()).isFalse();
    assertThat(options(Map.of(), "--csp-interval", "500").isOn()).isFalse();
  }

  @Test
  void optionsWinOverTheEnvironmentAndThatOverWhatWasThere() {
    Map<String, String> environment = Map.of("CSP_SERVER", "there:1000", "CSP_INTERVAL", "2000");
    StatusOptions before = new StatusOptions("file", 3000, Duration.ofSeconds(3));
    assertThat(options(before, Map.of())).isEqualTo(before);
    assertThat(options(before, environment))
        .isEqualTo(new StatusOptions("there", 1000, Duration.ofSeconds(2)));
    assertThat(options(before, environment, "--csp-server=here", "--csp-interval=250"))
        .isEqualTo(new StatusOptions("here", 2960, Duration.ofMillis(250)));
    assertThat(options(before, Map.of(), "--csp-interval=250"))
        .isEqualTo(new StatusOptions("file", 3000, Duration.ofMillis(250)));
  }

  @Test
  void tooShortAnIntervalIsRaisedInTheEnvironmentAndRefusedOnTheCommandLine() {
    Map<String, String> environment = Map.of("CSP_SERVER", "there", "CSP_INTERVAL", "10");
    assertThat(options(environment).interval()).isEqualTo(StatusOptions.INTERVAL_MIN);
    assertThatThrownBy(() -> options(environment, "--csp-interval=249"))
        .hasMessage(
            "option --csp-interval: status reports are sent every 250 to 3600000 ms,"
                + " but this is every 249 ms");
  }

  @Test
  void mistakesNameTheirPlace() {
    assertThatThrownBy(() -> options(Map.of(), "--csp-server=a:b"))
        .hasMessage("option --csp-server: a monitor is written host:port, but this is 'a:b'");
    assertThatThrownBy(() -> options(Map.of("CSP_SERVER", "a:0")))
        .hasMessage("variable CSP_SERVER: a monitor's port is 1 to 65535, but this is 0");
    assertThatThrownBy(() -> options(Map.of("CSP_INTERVAL", "1s")))
        .hasMessage("variable CSP_INTERVAL is a number of milliseconds, but this is '1s'");
  }
}
