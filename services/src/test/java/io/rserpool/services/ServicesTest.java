package io.rserpool.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ServicesTest {

  @Test
  void settingsAreTaken() {
    for (Map<String, String> settings :
        List.of(
            Map.of("capacity", "5"),
            Map.of("max-jobs", "1", "cookie-calculations", "9"),
            Map.of("cookie-time", "1s", "keep-alive-interval", "200ms"),
            Map.of("keep-alive-timeout", "200ms", "clean-shutdown", "0.5"))) {
      assertThat(Services.named("calculation", settings).label()).isEqualTo("calculation");
    }
    assertThat(Services.named("pingpong", Map.of("failure-after", "3")).label())
        .isEqualTo("pingpong");
    assertThat(
            Services.named("fractal", Map.of("cookie-messages", "1", "data-time", "10ms")).label())
        .isEqualTo("fractal");
  }

  @Test
  void mistakesSayWhatWasExpected() {
    assertMistake("echo", "speed", "1", "service echo has no settings, but this is 'speed'");
    assertMistake(
        "pingpong",
        "failures",
        "1",
        "service pingpong has the settings failure-after, but this is 'failures'");
    assertMistake(
        "pingpong",
        "failure-after",
        "-1",
        "setting failure-after of service pingpong is a number of 0 or more, but this is '-1'");
    assertMistake(
        "fractal",
        "cookie-time",
        "5",
        "setting cookie-time of service fractal is a time such as 500ms or 5s, but this is '5'");
    assertMistake("fractal", "cookie-time", "0s", "but this is '0s'");
    assertMistake("calculation", "clean-shutdown", "1.1", "a number from 0 to 1");
    assertMistake("calculation", "capacity", "many", "a number of 1 or more, but this is 'many'");
  }

  private static void assertMistake(String service, String name, String value, String text) {
    assertThatThrownBy(() -> Services.named(service, Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
