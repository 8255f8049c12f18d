package io.rserpool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands of the authority from the top, as a person types them.
final class PkiTest {

  @TempDir private Path temporary;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"init", "issue", "renew", "show"})
  void everyPartHasHelpThatSaysWhatItIsFor(String part) {
    assertThat(run("pki", part, "--help")).isZero();
    assertThat(out.toString())
        .contains("Usage: rserpool pki " + part, "--dir", "Exit codes:", "Example");
    assertThat(out.toString().lines().findFirst().orElseThrow()).endsWith(".");
  }

  @Test
  void helpOfTheWholeListsTheParts() {
    assertThat(run("pki")).isEqualTo(2);
    assertThat(out.toString()).contains("Usage: rserpool pki", "init", "issue", "renew", "show");
  }

  @Test
  void authorityAndCertificatesAreMadeAndShown() {
    String folder = temporary.resolve("pki").toString();
    assertThat(run("pki", "init", "--dir", folder)).isZero();
    assertThat(run("pki", "issue", "Registrar", "r1", "--dir", folder)).isZero();
    assertThat(run("pki", "renew", "r1", "--dir", folder, "--force")).isZero();
    assertThat(run("pki", "show", "--dir", folder)).isZero();
    assertThat(out.toString()).contains("rserpool://default/registrar/r1  localhost,127.0.0.1,::1");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void faultsNameTheWholeCommand() {
    assertThat(run("pki", "show", "--dir", temporary.resolve("none").toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("rserpool pki show: ").doesNotContain("\tat ");
    assertThat(run("pki", "sohw")).isEqualTo(2);
    assertThat(err.toString()).contains("sohw");
  }
}
