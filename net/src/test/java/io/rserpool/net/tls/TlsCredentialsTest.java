package io.rserpool.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.rserpool.net.NodeOptions;
import io.rserpool.net.file.FileStamp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read from TLS files, and what is said of those that cannot be used.
final class TlsCredentialsTest {

  private static final String ELEMENT = "rserpool://test/element/echo";

  private final TestAuthority authority = new TestAuthority();
  private final X509Bundle bundle = authority.issue(ELEMENT);

  @TempDir Path directory;
  private TlsFiles files;

  @BeforeEach
  void write() {
    files = authority.write(directory, bundle);
  }

  private void assertRefused(Path file, String... words) {
    assertThatThrownBy(() -> TlsCredentials.load(files))
        .isInstanceOf(TlsException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContainingAll(words)
        .hasMessageNotContainingAny(secretLine());
  }

  /// A line of the private key.
  private String secretLine() {
    return bundle.getPrivateKeyPEM().lines().skip(1).findFirst().orElseThrow();
  }

  @Test
  void tellsTheNameAndTheLife() throws Exception {
    TlsCredentials credentials = TlsCredentials.load(files);
    assertThat(credentials.identity().name()).isEqualTo(ELEMENT);
    assertThat(credentials.validUntil())
        .isEqualTo(bundle.getCertificate().getNotAfter().toInstant());
    assertThat(credentials.toString()).doesNotContain(secretLine());
  }

  @Test
  void absentFileIsNamed() throws Exception {
    Files.delete(files.privateKey());
    assertRefused(files.privateKey(), "there is none", "pki issue");
  }

  @Test
  void keyOfAnotherCertificateIsRefused() throws Exception {
    Files.writeString(files.privateKey(), authority.issue(ELEMENT).getPrivateKeyPEM());
    assertRefused(files.privateKey(), "does not belong to the certificate");
  }

  @Test
  void keyOfAnotherKindIsRefused() throws Exception {
    X509Bundle rsa =
        new CertificateBuilder()
            .subject("CN=x")
            .rsa2048()
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    Files.writeString(files.privateKey(), rsa.getPrivateKeyPEM());
    assertRefused(files.privateKey(), "expected a private key for EC");
  }

  @Test
  void brokenKeyIsNotQuoted() throws Exception {
    String pem = bundle.getPrivateKeyPEM();
    Files.writeString(files.privateKey(), pem.replaceFirst("\n.{8}", "\n"));
    assertRefused(files.privateKey(), "expected");
    Files.writeString(files.privateKey(), pem.replaceFirst("\n.", "\n*"));
    assertRefused(files.privateKey(), "expected");
    Files.writeString(files.privateKey(), pem.replace("PRIVATE", "ENCRYPTED PRIVATE"));
    assertRefused(files.privateKey(), "encrypted");
    Files.writeString(files.privateKey(), pem.replace("PRIVATE", "EC PRIVATE"));
    assertRefused(files.privateKey(), "older form");
    Files.writeString(files.privateKey(), "");
    assertRefused(files.privateKey(), "there is none");
  }

  @Test
  void keyInThePlaceOfACertificateIsNotQuotedInAnyCause() throws Exception {
    for (Path file : List.of(files.certificates(), files.authorities())) {
      write();
      String key = bundle.getPrivateKeyPEM();
      for (String content : List.of(key, key.replace("-----BEGIN", "-----\nBEGIN"), "-" + key)) {
        Files.writeString(file, content);
        assertThatThrownBy(() -> TlsCredentials.load(files))
            .isInstanceOf(TlsException.class)
            .satisfies(thrown ->
                assertThat(stackTraceOf(thrown)).doesNotContain(key.lines().skip(1).toList()));
      }
    }
  }

  private static String stackTraceOf(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void textsOfWhatWasReadHaveNothingOfTheKey() throws Exception {
    List<String> secret = bundle.getPrivateKeyPEM().lines().skip(1).toList();
    String number = ((ECPrivateKey) bundle.getKeyPair().getPrivate()).getS().toString(16);
    TlsMaterial material = TlsMaterial.read(files, TlsEngine.JDK);
    TlsCredentials credentials = TlsCredentials.load(files);
    TlsOptions options = TlsOptions.of(credentials);
    for (Object text :
        List.of(
            material,
            credentials,
            options,
            files,
            NodeOptions.defaults("test").withTls(options),
            FileStamp.of(List.of(files.privateKey())))) {
      assertThat(text.toString()).doesNotContain(secret).doesNotContainIgnoringCase(number);
    }
  }

  @Test
  void whatIsNoCertificateIsRefused() throws Exception {
    Files.writeString(files.certificates(), "");
    assertRefused(files.certificates(), "expected a certificate in PEM");
    Files.writeString(
        files.certificates(), "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    assertRefused(files.certificates(), "cannot be read");
    Files.writeString(files.certificates(), "x".repeat(2_000_000));
    assertRefused(files.certificates(), "at most 1048576 bytes");
  }

  @Test
  void halfOfAChangeIsNotUsed() throws Exception {
    TlsCredentials credentials = TlsCredentials.load(files);
    assertThat(credentials.refresh()).isEqualTo(new TlsCredentials.Change.None());
    X509Bundle next = authority.issue(ELEMENT, Instant.now().plus(Duration.ofDays(3)));
    Files.writeString(files.privateKey(), next.getPrivateKeyPEM() + "\n");
    assertThat(credentials.refresh()).isInstanceOf(TlsCredentials.Change.Unusable.class);
    assertThat(credentials.validUntil())
        .isEqualTo(bundle.getCertificate().getNotAfter().toInstant());
    Files.writeString(files.certificates(), next.getCertificatePEM() + "\n");
    assertThat(credentials.refresh())
        .isEqualTo(
            new TlsCredentials.Change.Renewed(next.getCertificate().getNotAfter().toInstant()));
    assertThat(credentials.validUntil()).isEqualTo(next.getCertificate().getNotAfter().toInstant());
  }

  @Test
  void lastQuarterOfTheLifeIsTimeToWorry() throws Exception {
    TlsCredentials credentials = TlsCredentials.load(files);
    Instant end = credentials.validUntil();
    Duration whole = Duration.between(credentials.validFrom(), end);
    Instant quarter = end.minus(whole.dividedBy(4));
    assertThat(credentials.expiresSoon(quarter.minusSeconds(1))).isEmpty();
    assertThat(credentials.expiresSoon(quarter)).contains(Duration.between(quarter, end));
    assertThat(credentials.expiresSoon(end.minusSeconds(1))).contains(Duration.ofSeconds(1));
    assertThat(credentials.expiresSoon(end)).contains(Duration.ZERO);
    assertThat(credentials.expiresSoon(end.plusSeconds(9))).contains(Duration.ZERO);
  }

  @Test
  void namesComeFromUriThenHostThenSubject() {
    assertThat(nameOf(new CertificateBuilder().subject("CN=a,O=b"))).isEqualTo("CN=a,O=b");
    assertThat(nameOf(new CertificateBuilder().subject("CN=a").addSanDnsName("PR.Example.org")))
        .isEqualTo("pr.example.org");
    assertThat(
            nameOf(
                new CertificateBuilder()
                    .subject("CN=a")
                    .addSanDnsName("pr.example.org")
                    .addSanUriName(URI.create("http://other"))
                    .addSanUriName(URI.create("spiffe://example.org/pr"))))
        .isEqualTo("spiffe://example.org/pr");
  }

  private String nameOf(CertificateBuilder builder) {
    return CertificateNames.of(authority.issue(builder).getCertificate()).name();
  }
}
