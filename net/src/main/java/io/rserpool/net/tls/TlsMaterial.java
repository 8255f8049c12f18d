package io.rserpool.net.tls;

import io.rserpool.engine.PeerIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// What one reading of the TLS files has given.
///
/// @param certificate the own certificate
/// @param identity the name that it proves
/// @param context what makes connections of it
/// @param nativeTls what makes connections of it in the native engine, if that is wanted
record TlsMaterial(
    X509Certificate certificate,
    PeerIdentity identity,
    SSLContext context,
    @Nullable NativeTls nativeTls) {

  private static final char[] NO_PASSWORD = {};
  private static final long FILE_BYTES_MAX = 1 << 20;

  static TlsMaterial read(TlsFiles files, TlsEngine engine) throws TlsException {
    List<X509Certificate> chain = certificates(files.certificates());
    List<X509Certificate> authorities = certificates(files.authorities());
    PrivateKey key =
        PemKey.parse(files.privateKey(), text(files.privateKey()), chain.getFirst().getPublicKey());
    try {
      KeyStore own = emptyStore();
      own.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, NO_PASSWORD);
      KeyStore trusted = emptyStore();
      for (int i = 0; i < authorities.size(); i++) {
        trusted.setCertificateEntry("authority" + i, authorities.get(i));
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return new TlsMaterial(
          chain.getFirst(),
          CertificateNames.of(chain.getFirst()),
          context,
          engine == TlsEngine.NATIVE ? NativeTls.of(keys, trust) : null);
    } catch (GeneralSecurityException | IOException e) {
      throw new TlsException(files.certificates() + ": TLS cannot use it: " + e.getMessage(), e);
    }
  }

  /// One side of a new connection to a peer that was called.
  SSLEngine caller(String host, int port) {
    return nativeTls == null ? context.createSSLEngine(host, port) : nativeTls.caller(host, port);
  }

  /// One side of a new connection with a peer that has called.
  SSLEngine called() {
    return nativeTls == null ? context.createSSLEngine() : nativeTls.called();
  }

  static PeerIdentity identityOf(SSLSession session, Instant now) throws TlsException {
    try {
      Certificate[] chain = session.getPeerCertificates();
      X509Certificate certificate = (X509Certificate) chain[0];
      if (certificate.getNotAfter().toInstant().isBefore(now)) {
        throw new TlsException(
            "the certificate of %s has expired at %s"
                .formatted(
                    CertificateNames.of(certificate).name(),
                    certificate.getNotAfter().toInstant()));
      }
      return CertificateNames.of(certificate);
    } catch (SSLPeerUnverifiedException _) {
      return PeerIdentity.ANONYMOUS;
    }
  }

  static TlsException unreadable(Path file, IOException e) {
    return switch (e) {
      case NoSuchFileException _ ->
          new TlsException(
              file
                  + ": expected a TLS file of this node, but there is none; rserpool pki issue makes"
                  + " one");
      case AccessDeniedException _ ->
          new TlsException(file + ": this user may not read it (look at its permissions)");
      default -> new TlsException(file + " cannot be read: " + e.getMessage(), e);
    };
  }

  private static List<X509Certificate> certificates(Path file) throws TlsException {
    String text = text(file);
    try {
      List<X509Certificate> read =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (read.isEmpty()) {
        throw new TlsException(file + ": expected a certificate in PEM, but there is none");
      }
      return read;
    } catch (CertificateException _) {
      // The cause may quote what it could not read, which by mistake may be a key.
      throw new TlsException(
          file + ": expected certificates in PEM, but what is there cannot be read");
    }
  }

  private static String text(Path file) throws TlsException {
    try {
      long size = Files.size(file);
      if (size > FILE_BYTES_MAX) {
        throw new TlsException(
            "%s: expected at most %d bytes, but it has %d".formatted(file, FILE_BYTES_MAX, size));
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (TlsException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
