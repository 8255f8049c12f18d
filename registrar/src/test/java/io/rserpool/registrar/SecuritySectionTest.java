package io.rserpool.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.net.tls.TestScope;
import io.rserpool.net.tls.TlsEngine;
import io.rserpool.net.tls.TlsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a configuration file says of TLS, with files that can be used.
final class SecuritySectionTest {

  @TempDir Path directory;

  @BeforeEach
  void issue() {
    new TestScope(directory).issue("registrar", "r1");
  }

  private TlsOptions read(String... lines) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("r.yaml"),
            "tls:\n  directory: "
                + directory.resolve("issued-1")
                + "\n  "
                + String.join("\n  ", lines)
                + "\n");
    return RegistrarConfig.load(file).security().tls();
  }

  @Test
  void handshakesHaveTheLimitsOfTheProfileUnlessOthersAreGiven() throws Exception {
    TlsOptions usual = read("verify-hosts: off");
    assertThat(usual.handshakesPerSecond()).isEqualTo(20);
    assertThat(usual.handshakesBurst()).isEqualTo(100);
    TlsOptions other = read("handshake-rate: 7", "handshake-burst: 0");
    assertThat(other.handshakesPerSecond()).isEqualTo(7);
    assertThat(other.handshakesBurst()).as("no limit").isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void theEngineIsThePlatformsUnlessTheNativeOneIsWanted() throws Exception {
    assertThat(read("engine: jdk").isOn()).isTrue();
    if (TlsEngine.NATIVE.isAvailable()) {
      assertThat(read("engine: native").isOn()).isTrue();
    } else {
      assertThatThrownBy(() -> read("engine: native"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(
              "r.yaml:2: tls.directory: the native TLS engine needs netty-tcnative");
    }
  }

  @Test
  void mistakesAreToldWithTheirLine() {
    assertThatThrownBy(() -> read("engine: fast", "handshake-rate: -1", "handshake-burst: many"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("r.yaml:3: tls.engine: expected jdk or native, given 'fast'")
        .hasMessageContaining(
            "r.yaml:4: tls.handshake-rate: expected a number of handshakes, 0 for no limit, given '-1'")
        .hasMessageContaining("r.yaml:5: tls.handshake-burst");
  }
}
