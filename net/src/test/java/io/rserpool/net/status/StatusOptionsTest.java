package io.rserpool.net.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusOptionsTest {

  @Test
  void thereAreNoReportsUnlessAMonitorIsNamed() {
    assertThat(StatusOptions.OFF.isOn()).isFalse();
    assertThat(StatusOptions.OFF.withInterval(Duration.ofSeconds(2)).isOn()).isFalse();
    assertThat(StatusOptions.to("monitor").isOn()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "monitor, monitor, 2960",
    "monitor:4000, monitor, 4000",
    "10.0.0.1:4000, 10.0.0.1, 4000",
    "[fd00::1], fd00::1, 2960",
    "[fd00::1]:4000, fd00::1, 4000"
  })
  void aMonitorIsAHostAndPerhapsAPort(String text, String host, int port) {
    assertThat(StatusOptions.to(text))
        .isEqualTo(new StatusOptions(host, port, StatusOptions.INTERVAL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":2960", "monitor:", "monitor:x", "udp://monitor", "fd00::1", "[]:1"})
  void whatIsNoMonitorIsNamed(String text) {
    assertThatThrownBy(() -> StatusOptions.to(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a monitor is written host:port, but this is '" + text + "'");
  }

  @Test
  void numbersOutOfTheirRangeAreRefused() {
    assertThatThrownBy(() -> StatusOptions.to("monitor:0"))
        .hasMessage("a monitor's port is 1 to 65535, but this is 0");
    StatusOptions options = StatusOptions.to("monitor");
    assertThat(options.withInterval(Duration.ofMillis(250)).interval()).hasMillis(250);
    assertThatThrownBy(() -> options.withInterval(Duration.ofMillis(249)))
        .hasMessage("status reports are sent every 250 to 3600000 ms, but this is every 249 ms");
    assertThatThrownBy(() -> options.withInterval(Duration.ofHours(2)))
        .hasMessageContaining("every 7200000 ms");
  }
}
