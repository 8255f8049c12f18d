package io.rserpool.net.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;

/// An authority for tests, which certifies what it is asked to.
public final class TestAuthority {

  private static final Duration LIFE = Duration.ofDays(1);

  private final X509Bundle root;

  public TestAuthority() {
    try {
      root =
          new CertificateBuilder()
              .ecp256()
              .subject("CN=test authority")
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// A certificate that has begun an hour ago and is valid for a day from now on.
  public X509Bundle issue(String identity) {
    return issue(identity, Instant.now().plus(LIFE));
  }

  public X509Bundle issue(String identity, Instant notAfter) {
    return issue(
        new CertificateBuilder()
            .subject("CN=" + identity.substring(identity.lastIndexOf('/') + 1))
            .addSanUriName(URI.create(identity))
            .addSanDnsName("localhost")
            .addSanIpAddress("127.0.0.1")
            .notBefore(notAfter.minus(LIFE).minus(LIFE))
            .notAfter(notAfter));
  }

  public X509Bundle issue(CertificateBuilder builder) {
    try {
      return builder
          .ecp256()
          .addExtendedKeyUsageServerAuth()
          .addExtendedKeyUsageClientAuth()
          .buildIssuedBy(root);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// The authority's own certificate.
  public X509Certificate root() {
    return root.getCertificate();
  }

  /// The context of somebody whom this authority has certified, and who trusts another one.
  public SSLContext contextTrusting(TestAuthority other, Path directory, String identity) {
    X509Bundle bundle = issue(identity);
    TlsFiles files = write(directory, bundle);
    try {
      Files.writeString(files.authorities(), other.root.getCertificatePEM());
      return TlsCredentials.load(files).context();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a certificate, its key and this authority as a node reads them.
  public TlsFiles write(Path directory, X509Bundle bundle) {
    TlsFiles files = TlsFiles.in(directory);
    try {
      Files.createDirectories(directory);
      Files.writeString(files.authorities(), root.getCertificatePEM());
      Files.writeString(files.privateKey(), bundle.getPrivateKeyPEM());
      Files.writeString(files.certificates(), bundle.getCertificatePEM());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /// Credentials with a certificate of this authority.
  public TlsCredentials credentials(Path directory, String identity) {
    return credentials(directory, issue(identity));
  }

  /// The same, for one engine.
  public TlsCredentials credentials(Path directory, String identity, TlsEngine engine) {
    return credentials(directory, issue(identity), engine);
  }

  public TlsCredentials credentials(Path directory, X509Bundle bundle) {
    return credentials(directory, bundle, TlsEngine.JDK);
  }

  private TlsCredentials credentials(Path directory, X509Bundle bundle, TlsEngine engine) {
    try {
      return TlsCredentials.load(write(directory, bundle), engine);
    } catch (TlsException e) {
      throw new UncheckedIOException(e);
    }
  }
}
