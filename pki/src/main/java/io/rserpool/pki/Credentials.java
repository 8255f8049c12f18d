package io.rserpool.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/// What somebody needs to show who he is and to know the others: a certificate, its private key,
/// and the certificate of the authority. As files they are one folder, which is all that a program
/// is given: `certificate.pem`, `key.pem` and `authority.pem`.
public final class Credentials {

  /// The file with the certificate.
  public static final String CERTIFICATE_FILE = "certificate.pem";

  /// The file with the private key, which only its owner may read.
  public static final String KEY_FILE = "key.pem";

  /// The file with the certificates that are trusted.
  public static final String AUTHORITY_FILE = "authority.pem";

  private final X509Certificate certificate;
  private final PrivateKey privateKey;
  private final X509Certificate authority;

  Credentials(X509Certificate certificate, PrivateKey privateKey, X509Certificate authority) {
    this.certificate = certificate;
    this.privateKey = privateKey;
    this.authority = authority;
  }

  /// The certificate.
  public X509Certificate certificate() {
    return certificate;
  }

  /// The private key of the certificate.
  public PrivateKey privateKey() {
    return privateKey;
  }

  /// The certificate of the authority that issued the certificate.
  public X509Certificate authority() {
    return authority;
  }

  /// What the certificate says.
  public CertificateSummary summary() {
    return CertificateSummary.of(certificate);
  }

  /// Writes new files.
  ///
  /// @param folder where; made for its owner only if it is not there
  /// @throws PkiException if one of the files is there already, or cannot be written
  public void write(Path folder) {
    for (String each : List.of(AUTHORITY_FILE, KEY_FILE, CERTIFICATE_FILE)) {
      if (Files.exists(folder.resolve(each))) {
        throw OwnFiles.exists(folder.resolve(each));
      }
    }
    OwnFiles.makeFolder(folder);
    OwnFiles.create(
        folder.resolve(AUTHORITY_FILE), Pem.encode(authority), OwnFiles.Readers.ANYBODY);
    OwnFiles.create(folder.resolve(KEY_FILE), Pem.encode(privateKey), OwnFiles.Readers.OWNER);
    OwnFiles.create(
        folder.resolve(CERTIFICATE_FILE), Pem.encode(certificate), OwnFiles.Readers.ANYBODY);
  }

  /// Writes the files, new or in the place of others.
  ///
  /// @param folder where; made for its owner only if it is not there
  /// @throws PkiException if they cannot be written
  public void replace(Path folder) {
    OwnFiles.makeFolder(folder);
    writeAuthority(folder);
    replacePair(folder);
  }

  private void writeAuthority(Path folder) {
    OwnFiles.replace(
        folder.resolve(AUTHORITY_FILE), Pem.encode(authority), OwnFiles.Readers.ANYBODY);
  }

  /// Replaces the key and the certificate, and leaves alone what is trusted, if there is something.
  ///
  /// Two files cannot change in one step. Each is complete before it takes its place, and the key
  /// comes first: who reads both when the certificate changes always finds a pair, and who reads
  /// between the two sees a key that does not match yet, and has nothing to do but wait for the
  /// certificate. A crash between the two leaves a pair that does not match, which [Renewal]
  /// repairs.
  void replacePair(Path folder) {
    if (!Files.exists(folder.resolve(AUTHORITY_FILE))) {
      writeAuthority(folder);
    }
    OwnFiles.replace(folder.resolve(KEY_FILE), Pem.encode(privateKey), OwnFiles.Readers.OWNER);
    OwnFiles.replace(
        folder.resolve(CERTIFICATE_FILE), Pem.encode(certificate), OwnFiles.Readers.ANYBODY);
  }

  /// The folders of credentials in a folder, in the order of their names.
  ///
  /// @param folder such as the one of the authority
  /// @return those in which there is a certificate
  /// @throws PkiException if there is no such folder
  public static List<Path> foldersIn(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(each -> Files.exists(each.resolve(CERTIFICATE_FILE))).sorted().toList();
    } catch (IOException e) {
      throw new PkiException(
          "%s: expected a folder, but %s".formatted(folder, OwnFiles.reason(e)), e);
    }
  }

  /// What the certificates of a PEM file say; keys in it are not looked at.
  ///
  /// @param file a file with at least one certificate
  /// @return their summaries
  /// @throws PkiException if it cannot be read, or has no certificate
  public static List<CertificateSummary> summaries(Path file) {
    return Pem.certificates(file).stream().map(CertificateSummary::of).toList();
  }

  /// Whose they are, never the key.
  @Override
  public String toString() {
    return "credentials of " + summary().owner();
  }
}
