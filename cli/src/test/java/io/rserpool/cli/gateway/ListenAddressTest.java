package io.rserpool.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ListenAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:5432, 127.0.0.1:5432",
    "0.0.0.0:0, 0.0.0.0:0",
    "[::1]:80, [0:0:0:0:0:0:0:1]:80",
    "127.0.0.1:65535, 127.0.0.1:65535"
  })
  void anAddressHasAHostAndAPort(String text, String expected) {
    assertThat(ListenAddress.text(new ListenAddress().convert(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        ":80",
        "127.0.0.1:",
        "127.0.0.1:x",
        "a:65536",
        "no.host.invalid:1"
      })
  void aMistakeIsNamed(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new ListenAddress().convert(text))
        .withMessageContaining("to listen at");
  }
}
