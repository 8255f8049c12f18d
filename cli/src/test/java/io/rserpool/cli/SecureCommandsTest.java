package io.rserpool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.pki.Authority;
import io.rserpool.pki.Role;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Mistakes about TLS on the command line; DIR stands for files that are good.
class SecureCommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;
  private Path files;

  @BeforeEach
  void begin() {
    files = directory.resolve("user");
    Instant now = Instant.now();
    Authority.create(directory.resolve("pki"), "test", Duration.ofDays(1), now)
        .issue(Role.USER, "u1", List.of(), Duration.ofHours(1), now)
        .write(files);
  }

  private String mistake(String line) {
    String[] arguments = line.replace("DIR", files.toString()).split(" ");
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    assertThat(code).as("%s%s", out, err).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    return err.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolve P --registrar tls://localhost",
        "serve echo --registrar tls://localhost",
        "doctor --registrar tls://localhost",
        "doctor --enrp tls://localhost",
        "dump tls://localhost",
        "registrar --asap tls://localhost",
        "registrar --enrp tls://localhost",
        "registrar --peer tls://localhost",
        "serve echo --listen tls://localhost:0"
      })
  void tlsWithoutACertificateIsAMistake(String line) {
    assertThat(mistake(line)).contains("tls://localhost", "needs a certificate: option --tls DIR");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolve P --tls DIR --registrar tcp://localhost",
        "serve echo --tls DIR --registrar tcp://localhost",
        "doctor --tls DIR --registrar tcp://localhost",
        "doctor --tls DIR --enrp tcp://localhost",
        "dump --tls DIR tcp://localhost",
        "registrar --tls DIR --asap tcp://localhost",
        "registrar --tls DIR --enrp tcp://localhost",
        "registrar --tls DIR --peer tcp://localhost"
      })
  void aPlainAddressWithTlsIsAMistake(String line) {
    assertThat(mistake(line)).contains("tls://host:port", "'tcp://localhost");
  }

  @Test
  void aSecuredAddressForPlainSessionsIsAMistake() {
    assertThat(mistake("serve echo --tls DIR --plain-sessions --listen tls://127.0.0.1:0"))
        .contains("--listen", "tls://127.0.0.1:0", "--plain-sessions forbids");
  }

  @Test
  void filesThatAreNotThereAreNamed() {
    assertThat(mistake("resolve P --tls DIR/nothing"))
        .contains("--tls", "nothing", "certificate.pem", "rserpool pki issue");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolve P --registrar-names *",
        "dump --registrar-names *",
        "connect P --element-names *",
        "pingpong --registrar-names a,b",
        "serve echo --handshake-rate 5",
        "serve echo --handshake-burst 5"
      })
  void whatIsAboutCertificatesNeedsOne(String line) {
    assertThat(mistake(line)).contains("is about ", "needs option --tls DIR");
  }

  @Test
  void limitsOfHandshakesAreInTheirRange() {
    assertThat(mistake("serve echo --tls DIR --handshake-rate 0"))
        .contains("--handshake-rate is a number from 1 to 1000000, but this is 0");
    assertThat(mistake("serve echo --tls DIR --handshake-burst 1000001"))
        .contains("--handshake-burst is a number from 1 to 1000000, but this is 1000001");
  }

  @Test
  void patternsHaveToBeSuch() {
    String mistake = mistake("resolve P --tls DIR --registrar-names r\u00e9");
    assertThat(mistake).contains("--registrar-names", "a pattern of names has 1 to 1024 printable");
  }
}
