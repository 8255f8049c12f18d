package io.rserpool.pki;

import static io.rserpool.pki.Fixtures.NOW;
import static io.rserpool.pki.Fixtures.TEN_YEARS;
import static io.rserpool.pki.Fixtures.WEEK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthorityTest {

  @TempDir private Path temporary;

  private Path folder() {
    return temporary.resolve("pki");
  }

  private Path file() {
    return folder().resolve("authority.pem");
  }

  private Path key() {
    return folder().resolve("authority.key");
  }

  @Test
  void certificateSaysThatItIsAnAuthorityAndOfWhichScope() throws GeneralSecurityException {
    X509Certificate certificate =
        Authority.create(folder(), "plant-7", TEN_YEARS, NOW).certificate();
    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=rserpool authority of plant-7");
    assertThat(certificate.getIssuerX500Principal())
        .isEqualTo(certificate.getSubjectX500Principal());
    assertThat(certificate.getBasicConstraints()).as("path length").isZero();
    assertThat(certificate.getKeyUsage())
        .as("keyCertSign and cRLSign")
        .containsExactly(false, false, false, false, false, true, true, false, false);
    assertThat(certificate.getCriticalExtensionOIDs())
        .as("basic constraints and key usage")
        .containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
    assertThat(certificate.getExtensionValue("2.5.29.14")).as("subject key id").hasSize(24);
    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactly(List.of(6, "rserpool://plant-7"));
    assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
    assertThat(((ECPublicKey) certificate.getPublicKey()).getParams().toString())
        .contains("secp256r1");
    assertThat(certificate.getNotBefore().toInstant()).isEqualTo(NOW.minusSeconds(300));
    assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(TEN_YEARS));
    assertThat(certificate.getSerialNumber().signum()).isPositive();
  }

  @Test
  void filesAreForTheirOwnerOnlyWhereTheyAreSecret() throws IOException {
    Fixtures.authority(folder());
    assertThat(Fixtures.permissions(folder())).isEqualTo("rwx------");
    assertThat(Fixtures.permissions(key())).isEqualTo("rw-------");
    assertThat(Fixtures.permissions(file())).isEqualTo("rw-r--r--");
    assertThat(Files.readAllLines(key())).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(Files.readAllLines(file())).startsWith("-----BEGIN CERTIFICATE-----");
    try (var files = Files.list(folder())) {
      assertThat(files).containsExactlyInAnyOrder(key(), file());
    }
  }

  @Test
  void folderThatIsThereIsUsedAsItIs() throws IOException {
    Files.createDirectories(folder());
    Fixtures.setPermissions(folder(), "rwxr-xr-x");
    Fixtures.authority(folder());
    assertThat(Fixtures.permissions(folder())).isEqualTo("rwxr-xr-x");
    assertThat(Fixtures.permissions(key())).isEqualTo("rw-------");
  }

  @Test
  void authorityIsReadBackAndNeverShowsItsKey() throws IOException {
    Authority made = Fixtures.authority(folder());
    Authority opened = Authority.open(folder());
    assertThat(opened.certificate()).isEqualTo(made.certificate());
    assertThat(opened.scope()).isEqualTo("default");
    assertThat(opened).hasToString("authority of default in " + file());
    assertThat(opened.life().validUntil()).isEqualTo(NOW.plus(TEN_YEARS));
    assertThat(Fixtures.issue(opened, Role.USER, "a").authority()).isEqualTo(made.certificate());
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Files.createDirectories(folder());
    for (Path existing : List.of(file(), key())) {
      Files.writeString(existing, "precious");
      assertThatThrownBy(() -> Fixtures.authority(folder()))
          .isInstanceOf(PkiException.class)
          .hasMessage(existing + ": expected no such file, but it exists, and is left as it is");
      assertThat(Files.readString(existing)).isEqualTo("precious");
      try (var files = Files.list(folder())) {
        assertThat(files).containsExactly(existing);
      }
      Files.delete(existing);
    }
  }

  @Test
  void folderThatIsAFileIsNamed() throws IOException {
    Files.writeString(folder(), "");
    assertThatThrownBy(() -> Fixtures.authority(folder()))
        .isInstanceOf(PkiException.class)
        .hasMessageStartingWith(folder() + ": expected a folder, but ");
  }

  @Test
  void scopeHasANameThatFitsIntoTheCertificate() {
    assertThat(Authority.create(folder(), "s".repeat(42), WEEK, NOW).scope()).hasSize(42);
    for (String wrong : List.of("", "s".repeat(43), "a b", "a/b", "../a", "é", "-a", "a.")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Authority.create(temporary.resolve("no"), wrong, WEEK, NOW))
          .withMessageStartingWith("the name of a scope is 1 to 42 letters");
    }
    assertThat(temporary.resolve("no")).doesNotExist();
  }

  @Test
  void lifeHasBounds() {
    for (Duration wrong :
        List.of(
            Duration.ZERO, Duration.ofMillis(999), Duration.ofDays(-1), Duration.ofDays(36_526))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Authority.create(folder(), "default", wrong, NOW))
          .withMessage("a certificate lasts from 1 second to 36525 days, but this is " + wrong);
    }
    assertThat(folder()).doesNotExist();
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    assertFault(
        () -> Authority.open(folder()),
        file()
            + ": expected the certificate of an authority, but there is no such file;"
            + " 'rserpool pki init' makes one");
    Fixtures.authority(folder());
    Files.delete(key());
    assertFault(
        () -> Authority.open(folder()), key() + ": expected a private key, but there is none");
  }

  @Test
  void keyOfAnotherAuthorityIsRefused() throws IOException {
    Fixtures.authority(folder());
    Fixtures.authority(temporary.resolve("other"));
    Files.copy(
        temporary.resolve("other").resolve("authority.key"),
        key(),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    assertFault(
        () -> Authority.open(folder()),
        "%s: expected the private key of %s, but it belongs to another certificate"
            .formatted(key(), file()));
  }

  @Test
  void keyThatOthersCanReadIsRefused() throws IOException {
    Fixtures.authority(folder());
    for (String permissions : List.of("rw-r-----", "rw----r--", "rw--w----", "rwx------")) {
      Fixtures.setPermissions(key(), permissions);
      assertThatThrownBy(() -> Authority.open(folder()))
          .isInstanceOf(PkiException.class)
          .hasMessageStartingWith(key() + ": expected a private key that only its owner can read")
          .hasMessageContaining("but it is " + permissions)
          .hasMessageContaining("chmod 600");
    }
    Fixtures.setPermissions(key(), "r--------");
    assertThat(Authority.open(folder()).scope()).isEqualTo("default");
  }

  @Test
  void certificateOfAnElementMakesNoAuthority() throws IOException {
    Credentials element = Fixtures.issue(Fixtures.authority(folder()), Role.ELEMENT, "e");
    Files.write(file(), Pem.encode(element.certificate()));
    Files.write(key(), Pem.encode(element.privateKey()));
    assertFault(
        () -> Authority.open(folder()),
        file()
            + ": expected the certificate of an authority (CA:true), but it is the one of"
            + " rserpool://default/element/e");
  }

  @Test
  void authorityWithoutAScopeIsRefused() throws IOException {
    Fixtures.authority(folder());
    for (String uri : List.of("https://example.com", "rserpool://", "rserpool://a/b")) {
      SecureRandom random = new SecureRandom();
      KeyPair keys = Keys.make(random);
      X509Certificate certificate =
          new CertificateMaker(random).authority("other", uri, keys, NOW, NOW.plus(WEEK));
      Files.write(file(), Pem.encode(certificate));
      Files.write(key(), Pem.encode(keys.getPrivate()));
      assertFault(
          () -> Authority.open(folder()),
          file()
              + ": expected the alternative name rserpool://SCOPE in the certificate of an"
              + " authority, but it has none");
    }
  }

  private static void assertFault(ThrowingCallable action, String message) {
    assertThatThrownBy(action).isInstanceOf(PkiException.class).hasMessage(message);
  }
}
