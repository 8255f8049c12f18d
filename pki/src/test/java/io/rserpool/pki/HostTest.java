package io.rserpool.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostTest {

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost",
    "Server-1.Example.COM, server-1.example.com",
    "*.example.com, *.example.com",
    "bücher.example, xn--bcher-kva.example",
    "1a.example, 1a.example"
  })
  void namesAreKeptInAsciiAndLowerCase(String given, String expected) {
    assertThat(Host.parse(given)).hasToString(expected);
    assertThat(Host.parse(given).isAddress()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, 4",
    "255.255.255.255, 255.255.255.255, 4",
    "::1, ::1, 16",
    "2001:DB8:0:0:0:0:0:5, 2001:db8::5, 16",
    "::ffff:10.0.0.1, 10.0.0.1, 4"
  })
  void addressesAreKeptInTheirCanonicalForm(String given, String expected, int size) {
    assertThat(Host.parse(given)).hasToString(expected);
    assertThat(Host.parse(given).address()).hasSize(size);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "-a",
        "a-",
        "a..b",
        ".a",
        "a_b",
        "*",
        "*.*.a",
        "a.*",
        "w*.a",
        "1.2.3",
        "1.2.3.256",
        "10",
        "a.1",
        "1.2.3.4.5",
        "::1%eth0",
        "[::1]",
        ":",
        ":::",
        "2001:db8",
        "http://a",
        "a:80",
        "a/b",
        "a@b",
        "a\0b"
      })
  void whatIsNeitherIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Host.parse(text))
        .withMessageStartingWith("a host is a DNS name such as")
        .withMessageContaining("but this is '");
  }

  @Test
  void namesHaveTheLengthsOfDns() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "a".repeat(61));
    assertThat(Host.parse(longest).text()).hasSize(253);
    for (String wrong : List.of("a".repeat(64), longest + "a")) {
      assertThatIllegalArgumentException().isThrownBy(() -> Host.parse(wrong));
    }
  }

  @Test
  void whatIsSaidTwiceIsKeptOnce() {
    assertThat(Host.parse(List.of("A", "a", "::1", "0::1", "b")))
        .extracting(Host::text)
        .containsExactly("a", "::1", "b");
  }
}
