package io.rserpool.cli.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PkiCommandsTest {

  @TempDir private Path temporary;

  private Path folder;
  private TypedCommands typed;

  @BeforeEach
  void begin() {
    folder = temporary.resolve("pki");
    typed = new TypedCommands(folder);
  }

  @AfterEach
  void noKeyWasPrinted() throws IOException {
    if (Files.isDirectory(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.filter(f -> f.toString().matches(".*[./]key(\\.pem)?")).toList()) {
          for (String line : Files.readAllLines(file)) {
            assertThat(line.contains("-----") || !typed.all().contains(line)).isTrue();
          }
        }
      }
    }
  }

  @Test
  void authorityIsMadeOnce() throws IOException {
    assertThat(typed.run("init", "--scope", "plant-7")).isZero();
    assertThat(typed.out().lines())
        .containsExactly(
            "created the authority of scope plant-7, valid until 2036-11-20T12:00:00Z",
            "  " + folder.resolve("authority.pem") + "  its certificate, which everybody may have",
            "  " + folder.resolve("authority.key") + "  its private key, which stays here");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("authority.key"))))
        .isEqualTo("rw-------");
    assertThat(typed.run("init")).isEqualTo(1);
    assertThat(typed.err()).contains("authority.pem: expected no such file, but it exists");
  }

  @Test
  void certificatesAreIssuedWithWhatIsGivenOrUsual() {
    typed.run("init");
    assertThat(typed.run("issue", "registrar", "r1")).isZero();
    assertThat(typed.out().lines())
        .containsExactly(
            "issued rserpool://default/registrar/r1, valid until 2026-11-30T12:00:00Z",
            "  for localhost, 127.0.0.1, ::1",
            "  in " + folder.resolve("registrar-r1") + ": to be used with --tls");
    Path elsewhere = temporary.resolve("elsewhere");
    assertThat(
            typed.run(
                "issue",
                "ELEMENT",
                "e1",
                "--host",
                "10.0.0.5,E1.example.com",
                "--host",
                "::2",
                "--hours",
                "6",
                "--out",
                elsewhere.toString()))
        .isZero();
    assertThat(typed.out().lines())
        .containsExactly(
            "issued rserpool://default/element/e1, valid until 2026-11-23T18:00:00Z",
            "  for 10.0.0.5, e1.example.com, ::2",
            "  in " + elsewhere + ": to be used with --tls");
    assertThat(elsewhere.resolve("key.pem")).exists();
    assertThat(typed.run("issue", "user", "u1", "--days", "30")).isZero();
    assertThat(typed.out().lines())
        .containsExactly(
            "issued rserpool://default/user/u1, valid until 2026-12-23T12:00:00Z",
            "  in " + folder.resolve("user-u1") + ": to be used with --tls");
  }

  @Test
  void whatWasIssuedIsReplacedOnlyOnRequest() throws IOException {
    typed.run("init");
    typed.run("issue", "user", "u1");
    Path certificate = folder.resolve("user-u1").resolve("certificate.pem");
    String first = Files.readString(certificate);
    assertThat(typed.run("issue", "user", "u1")).isEqualTo(1);
    assertThat(typed.err())
        .contains(folder.resolve("user-u1") + ": expected a new folder", "--replace");
    assertThat(certificate).hasContent(first);
    assertThat(typed.run("issue", "user", "u1", "--replace")).isZero();
    assertThat(Files.readString(certificate)).isNotEqualTo(first);
  }

  @Test
  void mistakesOnTheCommandLineAreNamed() {
    assertThat(typed.run("init", "--days", "0")).isEqualTo(2);
    assertThat(typed.err()).contains("option --days is a number from 1 to 36500, but this is 0");
    assertThat(typed.run("init", "--scope", "a b")).isEqualTo(2);
    assertThat(typed.err()).contains("the name of a scope is 1 to 42", "but this is 'a b'");
    assertThat(folder).doesNotExist();
    assertThat(typed.run("issue", "user", "u1")).isEqualTo(1);
    assertThat(typed.err()).contains("there is no such file; 'rserpool pki init' makes one");
    typed.run("init");
    assertThat(typed.run("issue", "user", "../u1")).isEqualTo(2);
    assertThat(typed.err()).contains("the name of a user is 1 to 63", "but this is '../u1'");
    assertThat(typed.run("issue", "chef", "u1")).isEqualTo(2);
    assertThat(typed.err()).containsIgnoringCase("registrar, element, user, administrator");
    assertThat(typed.run("issue", "user", "u1", "--host", "a_b")).isEqualTo(2);
    assertThat(typed.err()).contains("a host is a DNS name", "but this is 'a_b'");
    assertThat(typed.run("issue", "user", "u1", "--hours", "0")).isEqualTo(2);
    assertThat(typed.run("issue", "user", "u1", "--hours", "1", "--days", "1")).isEqualTo(2);
    assertThat(typed.run("issue", "user")).isEqualTo(2);
    assertThat(typed.run("issue", "user", "u1", "--days", "3651")).isEqualTo(1);
    assertThat(typed.err()).contains("expected a certificate that does not outlive its authority");
    assertThat(typed.run("renew")).isEqualTo(2);
    assertThat(typed.err()).contains("expected a NAME, --all or --watch");
    assertThat(typed.run("renew", "u1", "--all")).isEqualTo(2);
    assertThat(typed.run("renew", "u1")).isEqualTo(1);
    assertThat(typed.err()).contains("expected a certificate of 'u1' in " + folder);
    assertThat(folder.resolve("user-u1")).doesNotExist();
  }

  @Test
  void tableShowsWhoseTheyAreAndWhatIsToBeDone() {
    typed.run("init");
    typed.run("issue", "registrar", "r1", "--host", "r1.example.com");
    typed.run("issue", "user", "u1", "--days", "3");
    typed.run("issue", "user", "u2", "--hours", "6");
    typed.advance(Duration.ofDays(2));
    assertThat(typed.run("show")).isEqualTo(1);
    assertThat(typed.out().lines())
        .containsExactly(
            "IDENTITY                         HOSTS           VALID FROM            VALID UNTIL"
                + "           LEFT    USED   NOTE",
            "authority of default             -               2026-11-23T11:55:00Z "
                + " 2036-11-20T12:00:00Z  3648 d  0 %",
            "rserpool://default/registrar/r1  r1.example.com  2026-11-23T11:55:00Z "
                + " 2026-11-30T12:00:00Z  5 d     28 %",
            "rserpool://default/user/u1       -               2026-11-23T11:55:00Z "
                + " 2026-11-26T12:00:00Z  1 d     66 %   renew",
            "rserpool://default/user/u2       -               2026-11-23T11:55:00Z "
                + " 2026-11-23T18:00:00Z  -       100 %  EXPIRED");
    typed.advance(Duration.ofDays(-3));
    assertThat(typed.run("show", folder.resolve("user-u1").toString())).isZero();
    assertThat(typed.out()).contains("NOT YET VALID").doesNotContain("u2");
    typed.advance(Duration.ofDays(3500));
    assertThat(typed.run("show", folder.resolve("authority.pem").toString())).isZero();
    assertThat(typed.out()).contains("make a new authority");
  }

  @Test
  void jsonHasTheSame() {
    typed.run("init");
    typed.run("issue", "user", "u1", "--host", "a.example,::1");
    typed.advance(Duration.ofDays(8));
    assertThat(
            typed.run("show", "--json", folder.resolve("user-u1").resolve("certificate.pem") + ""))
        .isEqualTo(1);
    assertThat(typed.out().strip())
        .isEqualTo(
            """
            {"certificates":[{"file":"%s","identity":"rserpool://default/user/u1",\
            "authority":false,"hosts":["a.example","::1"],"validFrom":"2026-11-23T11:55:00Z",\
            "validUntil":"2026-11-30T12:00:00Z","renewsAt":"2026-11-28T04:00:00Z",\
            "secondsLeft":-86400,"usedPercent":100,"state":"expired"}],"expired":1}\
            """
                .formatted(folder.resolve("user-u1").resolve("certificate.pem")));
  }

  @Test
  void fileThatCannotBeReadDoesNotHideTheOthers() throws IOException {
    typed.run("init");
    typed.run("issue", "user", "u1");
    typed.run("issue", "user", "u2");
    Files.writeString(folder.resolve("user-u1").resolve("certificate.pem"), "nonsense");
    assertThat(typed.run("show")).isEqualTo(1);
    assertThat(typed.out()).contains("rserpool://default/user/u2");
    assertThat(typed.err())
        .contains("u1/certificate.pem: expected a certificate", "there is no PEM text in it");
    assertThat(typed.run("renew", "--all", "--force")).isEqualTo(1);
    assertThat(typed.out()).contains("renewed rserpool://default/user/u2").doesNotContain("u1");
    assertThat(typed.err()).contains("u1/certificate.pem: expected a certificate");
  }
}
