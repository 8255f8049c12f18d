package io.rserpool.pki;

import static io.rserpool.pki.Fixtures.NOW;
import static io.rserpool.pki.Fixtures.TEN_YEARS;
import static io.rserpool.pki.Fixtures.WEEK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IssueTest {

  @TempDir private Path folder;

  private Authority authority;

  @BeforeEach
  void makeAuthority() {
    authority = Fixtures.authority(folder);
  }

  @Test
  void certificateSaysWhoThatIsAndWhatForAndNothingMore() throws GeneralSecurityException {
    X509Certificate certificate =
        authority
            .issue(Role.REGISTRAR, "r1", List.of("R1.Example.com", "10.0.0.5", "::1"), WEEK, NOW)
            .certificate();
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=r1");
    assertThat(certificate.getIssuerX500Principal())
        .isEqualTo(authority.certificate().getSubjectX500Principal());
    assertThat(certificate.getBasicConstraints()).as("no authority").isEqualTo(-1);
    assertThat(certificate.getKeyUsage())
        .as("digitalSignature")
        .containsExactly(true, false, false, false, false, false, false, false, false);
    assertThat(certificate.getExtendedKeyUsage())
        .as("serverAuth and clientAuth")
        .containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactly(
            List.of(6, "rserpool://default/registrar/r1"),
            List.of(2, "r1.example.com"),
            List.of(7, "10.0.0.5"),
            List.of(7, "0:0:0:0:0:0:0:1"));
    assertThat(certificate.getCriticalExtensionOIDs())
        .as("basic constraints and key usage")
        .containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
    assertThat(certificate.getNonCriticalExtensionOIDs())
        .as("key identifiers, alternative names, extended key usage")
        .containsExactlyInAnyOrder("2.5.29.14", "2.5.29.35", "2.5.29.17", "2.5.29.37");
    assertThat(certificate.getNotBefore().toInstant()).isEqualTo(NOW.minusSeconds(300));
    assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(WEEK));
    assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
  }

  @Test
  void keyIdentifierIsTheAuthoritys() {
    byte[] own = authority.certificate().getExtensionValue("2.5.29.14");
    byte[] named =
        Fixtures.issue(authority, Role.USER, "u").certificate().getExtensionValue("2.5.29.35");
    // OCTET STRING of OCTET STRING; OCTET STRING of SEQUENCE of [0].
    assertThat(Arrays.copyOfRange(named, 6, 26)).isEqualTo(Arrays.copyOfRange(own, 4, 24));
  }

  @ParameterizedTest
  @EnumSource
  void everyRoleGetsAChainThatTheJdkValidates(Role role) throws GeneralSecurityException {
    Credentials issued = Fixtures.issue(authority, role, "somebody");
    Fixtures.validate(issued.certificate(), issued.authority(), NOW);
    assertThat(issued.summary().owner())
        .isEqualTo("rserpool://default/" + role.word() + "/somebody");
    assertThat(issued.summary().hosts()).isEqualTo(role.usualHosts());
    assertThat(Keys.match(issued.privateKey(), issued.certificate().getPublicKey())).isTrue();
  }

  @Test
  void chainIsValidFromFiveMinutesBeforeToTheLastSecondOfItsLife() throws GeneralSecurityException {
    Credentials issued = Fixtures.issue(authority, Role.USER, "u");
    Instant first = NOW.minusSeconds(300);
    Instant last = NOW.plus(WEEK);
    Fixtures.validate(issued.certificate(), issued.authority(), first);
    Fixtures.validate(issued.certificate(), issued.authority(), last);
    assertThatThrownBy(
            () -> Fixtures.validate(issued.certificate(), issued.authority(), first.minusMillis(1)))
        .hasRootCauseInstanceOf(CertificateNotYetValidException.class);
    assertThatThrownBy(
            () -> Fixtures.validate(issued.certificate(), issued.authority(), last.plusMillis(1)))
        .hasRootCauseInstanceOf(CertificateExpiredException.class);
  }

  @Test
  void chainOfAnotherAuthorityOfTheSameNameIsNotValid() {
    Authority other = Fixtures.authority(folder.resolve("other"));
    Credentials issued = Fixtures.issue(authority, Role.USER, "u");
    assertThatThrownBy(() -> Fixtures.validate(issued.certificate(), other.certificate(), NOW))
        .isInstanceOf(CertPathValidatorException.class);
    assertThat(authority.hasIssued(issued.certificate())).isTrue();
    assertThat(other.hasIssued(issued.certificate())).isFalse();
  }

  @Test
  void everyCertificateHasAKeyAndANumberOfItsOwn() {
    HashSet<BigInteger> numbers = new HashSet<>();
    HashSet<List<Byte>> keys = new HashSet<>();
    int bits = 0;
    for (int i = 0; i < 20; i++) {
      X509Certificate issued = Fixtures.issue(authority, Role.USER, "u").certificate();
      BigInteger number = issued.getSerialNumber();
      bits = Math.max(bits, number.bitLength());
      assertThat(number.signum()).isPositive();
      assertThat(number.bitLength()).isLessThanOrEqualTo(129);
      assertThat(numbers.add(number)).isTrue();
      List<Byte> key = new ArrayList<>();
      for (byte each : issued.getPublicKey().getEncoded()) {
        key.add(each);
      }
      assertThat(keys.add(key)).isTrue();
    }
    assertThat(bits).isGreaterThan(120);
  }

  /// What the JDK makes of such identities decides whether a certificate can be used at all.
  @ParameterizedTest
  @ValueSource(strings = {"1", "a_b", "a..b", "a.-b", "1.2.3.4", "10", "A-1_2.x", "a--b", "x1.2"})
  void namesThatAreNoHostNamesAreReadBackFromScopesAndIdentities(String name)
      throws GeneralSecurityException {
    Authority odd = Authority.create(folder.resolve("odd"), name, TEN_YEARS, NOW);
    Credentials issued = Fixtures.issue(odd, Role.ELEMENT, name);
    String uri = "rserpool://" + name + "/element/" + name;
    assertThat(issued.certificate().getSubjectAlternativeNames()).contains(List.of(6, uri));
    assertThat(Identity.parse(issued.summary().owner()).uri()).isEqualTo(uri);
    assertThat(CertificateSummary.of(odd.certificate()).owner()).isEqualTo("authority of " + name);
    Fixtures.validate(issued.certificate(), odd.certificate(), NOW);
    assertThat(Authority.open(folder.resolve("odd")).scope()).isEqualTo(name);
  }

  @Test
  void namesHostsAndLivesAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> authority.issue(Role.ELEMENT, "a b", List.of(), WEEK, NOW))
        .withMessage(
            "the name of an element is 1 to 63 letters (a-z, A-Z), digits, '.', '-' or '_', with a"
                + " letter or a digit first and last, but this is 'a b'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> authority.issue(Role.USER, "a", List.of("not a host"), WEEK, NOW))
        .withMessageContaining("but this is 'not a host'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> authority.issue(Role.USER, "a", List.of(), Duration.ZERO, NOW))
        .withMessageContaining("from 1 second to 36525 days");
  }

  @Test
  void certificateDoesNotOutliveItsAuthority() {
    Instant end = NOW.plus(TEN_YEARS);
    Instant late = end.minus(WEEK);
    assertThat(authority.issue(Role.USER, "u", List.of(), WEEK, late).summary().life().validUntil())
        .isEqualTo(end);
    assertThatThrownBy(() -> authority.issue(Role.USER, "u", List.of(), WEEK, late.plusSeconds(1)))
        .isInstanceOf(PkiException.class)
        .hasMessage(
            folder.resolve("authority.pem")
                + ": expected a certificate that does not outlive its authority, which expires at"
                + " 2036-11-20T12:00:00Z, but it would expire at 2036-11-20T12:00:01Z");
  }

  @Test
  void authorityThatDoesNotCountNowIssuesNothing() {
    for (Instant wrong : List.of(NOW.minusSeconds(301), NOW.plus(TEN_YEARS).plusSeconds(1))) {
      assertThatThrownBy(
              () -> authority.issue(Role.USER, "u", List.of(), Duration.ofSeconds(1), wrong))
          .isInstanceOf(PkiException.class)
          .hasMessageContaining("expected an authority that counts at " + wrong);
    }
  }

  @Test
  void fractionsOfSecondsAreCutOff() {
    Life life =
        authority
            .issue(Role.USER, "u", List.of(), Duration.ofMillis(1_999), NOW.plusMillis(900))
            .summary()
            .life();
    assertThat(life.issued()).isEqualTo(NOW);
    assertThat(life.validUntil()).isEqualTo(NOW.plusSeconds(1));
  }
}
