package io.rserpool.pki;

import static io.rserpool.pki.Fixtures.NOW;
import static io.rserpool.pki.Fixtures.TEN_YEARS;
import static io.rserpool.pki.Fixtures.WEEK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RenewalTest {

  /// When two thirds of a week are over.
  private static final Instant DUE = NOW.plusSeconds(403_200);

  @TempDir private Path temporary;

  private Authority authority;
  private Path folder;

  @BeforeEach
  void issue() {
    authority = Fixtures.authority(temporary.resolve("pki"));
    folder = temporary.resolve("pki").resolve("element-e");
    authority
        .issue(Role.ELEMENT, "e", List.of("e.example", "10.0.0.5", "::1"), WEEK, NOW)
        .write(folder);
  }

  private X509Certificate certificate() {
    return Pem.certificate(folder.resolve("certificate.pem"));
  }

  private Renewal renew(Instant now) {
    return Renewal.renew(authority, folder, false, now);
  }

  private void assertPair() {
    assertThat(Keys.match(Pem.privateKey(folder.resolve("key.pem")), certificate().getPublicKey()))
        .isTrue();
  }

  @Test
  void certificateIsRenewedWhenTwoThirdsOfItsLifeAreOverAndNotBefore() {
    X509Certificate first = certificate();
    Renewal early = renew(DUE.minusMillis(1));
    assertThat(early.result()).isEqualTo(Renewal.Result.NOT_DUE);
    assertThat(early.next()).isEqualTo(DUE);
    assertThat(certificate()).isEqualTo(first);

    Renewal due = renew(DUE);
    assertThat(due.result()).isEqualTo(Renewal.Result.RENEWED);
    assertThat(certificate()).isNotEqualTo(first);
    assertThat(due.next()).isEqualTo(DUE.plusSeconds(403_200));
    assertThat(renew(DUE).result()).isEqualTo(Renewal.Result.NOT_DUE);
    assertThat(renew(DUE.plusSeconds(403_201)).result()).isEqualTo(Renewal.Result.RENEWED);
  }

  @Test
  void identityHostsAndLengthOfLifeStayAndTheKeyIsNew()
      throws GeneralSecurityException, IOException {
    X509Certificate first = certificate();
    byte[] key = Files.readAllBytes(folder.resolve("key.pem"));
    renew(DUE);
    X509Certificate second = certificate();
    assertThat(second.getSubjectAlternativeNames())
        .containsExactlyElementsOf(first.getSubjectAlternativeNames());
    assertThat(second.getSubjectX500Principal()).isEqualTo(first.getSubjectX500Principal());
    assertThat(second.getNotAfter().toInstant()).isEqualTo(DUE.plus(WEEK));
    assertThat(second.getNotBefore().toInstant()).isEqualTo(DUE.minusSeconds(300));
    assertThat(second.getPublicKey()).isNotEqualTo(first.getPublicKey());
    assertThat(second.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
    assertThat(Files.readAllBytes(folder.resolve("key.pem"))).isNotEqualTo(key);
    assertThat(Fixtures.permissions(folder.resolve("key.pem"))).isEqualTo("rw-------");
    assertPair();
    Fixtures.validate(second, authority.certificate(), DUE.plus(WEEK));
  }

  @Test
  void lengthOfLifeStaysThroughManyRenewals() {
    Instant now = DUE;
    for (int i = 0; i < 20; i++) {
      Renewal renewal = renew(now);
      assertThat(renewal.certificate().life().length()).isEqualTo(WEEK);
      now = renewal.next().plusMillis(i);
    }
  }

  @Test
  void expiredCertificateIsRenewed() {
    assertThat(renew(NOW.plus(Duration.ofDays(30))).result()).isEqualTo(Renewal.Result.RENEWED);
  }

  @Test
  void forcedRenewalIsDoneAtOnce() {
    X509Certificate first = certificate();
    assertThat(Renewal.renew(authority, folder, true, NOW).result())
        .isEqualTo(Renewal.Result.RENEWED);
    assertThat(certificate()).isNotEqualTo(first);
  }

  @Test
  void keyThatDoesNotMatchOrIsNotSecretIsReplaced() throws IOException {
    Path key = folder.resolve("key.pem");
    List<Breakage> breakages =
        List.of(
            () -> Files.delete(key),
            () -> Files.writeString(key, "nonsense"),
            () -> Fixtures.setPermissions(key, "rw-r--r--"),
            // As a crash between the two steps of a renewal leaves it.
            () ->
                Files.write(
                    key, Pem.encode(Fixtures.issue(authority, Role.USER, "u").privateKey())));
    for (Breakage breakage : breakages) {
      breakage.run();
      assertThat(renew(NOW).result()).isEqualTo(Renewal.Result.REPAIRED);
      assertPair();
      assertThat(renew(NOW).result()).isEqualTo(Renewal.Result.NOT_DUE);
    }
  }

  private interface Breakage {
    void run() throws IOException;
  }

  @Test
  void whatIsTrustedStaysAsItIsAndIsMadeIfItIsMissing() throws IOException {
    Path trusted = folder.resolve("authority.pem");
    String bundle = Files.readString(trusted).repeat(2);
    Files.writeString(trusted, bundle);
    Renewal.renew(authority, folder, true, NOW);
    assertThat(trusted).hasContent(bundle);
    Files.delete(trusted);
    Renewal.renew(authority, folder, true, NOW);
    assertThat(Pem.certificates(trusted)).containsExactly(authority.certificate());
  }

  @Test
  void keyTakesItsPlaceBeforeTheCertificate() throws IOException {
    // The certificate cannot take its place while a folder that is not empty is in its way.
    Path certificate = folder.resolve("certificate.pem");
    X509Certificate first = certificate();
    Credentials next = Fixtures.issue(authority, Role.ELEMENT, "e");
    Files.delete(certificate);
    Files.createDirectories(certificate.resolve("in-the-way"));
    assertThatThrownBy(() -> next.replacePair(folder))
        .isInstanceOf(PkiException.class)
        .hasMessageStartingWith(certificate + ": expected to write it, but ");
    assertThat(Pem.privateKey(folder.resolve("key.pem"))).isEqualTo(next.privateKey());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).as("nothing temporary stays").hasSize(3);
    }
    Files.delete(certificate.resolve("in-the-way"));
    Files.delete(certificate);
    Files.write(certificate, Pem.encode(first));
    assertThat(renew(NOW).result()).isEqualTo(Renewal.Result.REPAIRED);
    assertPair();
  }

  @Test
  void nothingIsRenewedBeyondTheEndOfTheAuthority() {
    Instant end = NOW.plus(TEN_YEARS);
    Renewal last = renew(end.minus(Duration.ofDays(3)).plusMillis(1));
    assertThat(last.result()).isEqualTo(Renewal.Result.RENEWED);
    assertThat(last.certificate().life().validUntil()).isEqualTo(end);
    Renewal none = renew(last.next());
    assertThat(none.result()).isEqualTo(Renewal.Result.ENDS_WITH_AUTHORITY);
    assertThat(none.next()).isEqualTo(Instant.MAX);
    assertThatThrownBy(() -> Renewal.renew(authority, folder, true, end.plusSeconds(1)))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("expected an authority that counts at");
  }

  @Test
  void certificateOfAnotherAuthorityOrOfNobodyIsRefused() {
    Path elsewhere = temporary.resolve("elsewhere");
    Fixtures.issue(Fixtures.authority(temporary.resolve("other")), Role.USER, "u").write(elsewhere);
    assertThatThrownBy(() -> Renewal.renew(authority, elsewhere, true, DUE))
        .isInstanceOf(PkiException.class)
        .hasMessage(
            "%s: expected a certificate that %s has issued, but another authority has: %s"
                .formatted(
                    elsewhere.resolve("certificate.pem"),
                    authority.file(),
                    "CN=rserpool authority of default"));
    assertThatThrownBy(() -> Renewal.renew(authority, temporary.resolve("none"), false, DUE))
        .isInstanceOf(PkiException.class)
        .hasMessageEndingWith("but there is none");
  }

  @Test
  void ownCertificateOfTheAuthorityIsNotRenewedAsIfItWereAnElements() throws IOException {
    Files.write(folder.resolve("certificate.pem"), Pem.encode(authority.certificate()));
    assertThatThrownBy(() -> renew(DUE))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("an identity is rserpool://SCOPE/ROLE/NAME");
  }
}
