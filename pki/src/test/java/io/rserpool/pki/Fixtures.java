package io.rserpool.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;

/// What several tests need: a time, authorities, and the JDK's opinion of a chain.
final class Fixtures {
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  static final Duration WEEK = Duration.ofDays(7);
  static final Duration TEN_YEARS = Duration.ofDays(3650);

  private Fixtures() {}

  static Authority authority(Path folder) {
    return Authority.create(folder, "default", TEN_YEARS, NOW);
  }

  static Credentials issue(Authority authority, Role role, String name) {
    return authority.issue(role, name, role.usualHosts(), WEEK, NOW);
  }

  static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  static void setPermissions(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  /// Validates a chain of one certificate as the JDK does.
  static void validate(X509Certificate certificate, X509Certificate authority, Instant at)
      throws GeneralSecurityException {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(at));
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)),
            parameters);
  }

  /// Pieces of the text of a key, long enough to occur nowhere by chance.
  static List<String> pieces(Path keyFile) throws IOException {
    String text =
        String.join(
            "", Files.readAllLines(keyFile).stream().filter(l -> !l.contains("-")).toList());
    Base64.getDecoder().decode(text);
    List<String> pieces = new ArrayList<>();
    for (int at = 0; at + 8 <= text.length(); at += 8) {
      pieces.add(text.substring(at, at + 8));
    }
    return pieces;
  }
}
