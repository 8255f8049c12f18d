package io.rserpool.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/// PEM files (RFC 7468) to certificates and keys, and back.
final class Pem {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final String A_CERTIFICATE = "a certificate (PEM, 'BEGIN CERTIFICATE')";
  private static final String A_KEY =
      "an unencrypted private key of an elliptic curve (PEM, PKCS #8, 'BEGIN PRIVATE KEY')";

  private Pem() {}

  static byte[] encode(X509Certificate certificate) {
    try {
      return encode(CERTIFICATE, certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was parsed can be encoded", e);
    }
  }

  static byte[] encode(PrivateKey key) {
    return encode(PRIVATE_KEY, key.getEncoded());
  }

  private static byte[] encode(String label, byte[] content) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(label, content));
    } catch (IOException e) {
      throw new IllegalStateException("a string takes all that is written", e);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /// All certificates of a file, at least one.
  static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> certificates = new ArrayList<>();
    List<PemObject> objects;
    try {
      objects = objects(OwnFiles.read(file, A_CERTIFICATE));
    } catch (BrokenException _) {
      throw unexpected(file, A_CERTIFICATE, "its PEM text is broken");
    }
    for (PemObject object : objects) {
      if (object.getType().equals(CERTIFICATE)) {
        certificates.add(certificate(file, object.getContent()));
      }
    }
    if (certificates.isEmpty()) {
      throw unexpected(file, A_CERTIFICATE, seen(objects));
    }
    return certificates;
  }

  /// The first certificate of a file.
  static X509Certificate certificate(Path file) {
    return certificates(file).getFirst();
  }

  private static X509Certificate certificate(Path file, byte[] content) {
    try {
      return decode(content);
    } catch (CertificateException e) {
      throw unexpected(file, A_CERTIFICATE, "what is encoded there is none: " + e.getMessage());
    }
  }

  /// The certificate in its binary form.
  static X509Certificate decode(byte[] content) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(content));
  }

  /// The private key of a file that only its owner can read. No fault has a cause, which might show
  /// a part of what was read.
  static PrivateKey privateKey(Path file) {
    OwnFiles.requireOwnersOnly(file);
    List<PemObject> objects;
    try {
      objects = objects(OwnFiles.read(file, A_KEY));
    } catch (BrokenException _) {
      throw unexpected(file, A_KEY, "its PEM text is broken");
    }
    for (PemObject object : objects) {
      if (object.getType().equals(PRIVATE_KEY)) {
        try {
          return KeyFactory.getInstance(Keys.ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(object.getContent()));
        } catch (GeneralSecurityException _) {
          throw unexpected(file, A_KEY, "what is encoded there is none");
        }
      }
    }
    throw unexpected(file, A_KEY, seen(objects));
  }

  private static List<PemObject> objects(byte[] content) throws BrokenException {
    List<PemObject> objects = new ArrayList<>();
    try (PemReader reader =
        new PemReader(
            new InputStreamReader(
                new ByteArrayInputStream(content), StandardCharsets.ISO_8859_1))) {
      for (PemObject next = reader.readPemObject(); next != null; next = reader.readPemObject()) {
        objects.add(next);
      }
      return objects;
    } catch (IOException | RuntimeException _) {
      // The library throws either, depending on what is broken.
      throw new BrokenException();
    }
  }

  private static String seen(List<PemObject> objects) {
    return objects.isEmpty()
        ? "there is no PEM text in it"
        : "it has '" + Name.shown("BEGIN " + objects.getFirst().getType()) + "'";
  }

  private static PkiException unexpected(Path file, String expected, String seen) {
    return new PkiException("%s: expected %s, but %s".formatted(file, expected, seen));
  }

  /// PEM text is broken; says nothing more, since it may be a key's.
  private static final class BrokenException extends Exception {}
}
