package io.rserpool.pki;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Replaces the credentials of a folder when their time has come: the same identity, the same hosts
/// and the same length of life with a new key.
///
/// @param folder where the credentials are
/// @param result what was done
/// @param certificate what the certificate in that folder says now
/// @param next when to look again; [Instant#MAX] if there is nothing to be gained by it
public record Renewal(Path folder, Result result, CertificateSummary certificate, Instant next) {

  /// What was done.
  public enum Result {
    /// Nothing: it is not time yet.
    NOT_DUE,
    /// Nothing: it lasts as long as its authority, beyond which nothing can last.
    ENDS_WITH_AUTHORITY,
    /// New credentials took the place of the old ones.
    RENEWED,
    /// New credentials took the place of a certificate and a key that did not match.
    REPAIRED
  }

  /// Renews the credentials of a folder if two thirds of their life are used up, or if their key is
  /// missing or not the one of the certificate.
  ///
  /// @param authority which issued them
  /// @param folder where they are
  /// @param forced whether to renew them in any case
  /// @param now the time
  /// @return what was done
  /// @throws PkiException if they cannot be read or written, another authority has issued them, or
  ///     the authority has expired
  public static Renewal renew(Authority authority, Path folder, boolean forced, Instant now) {
    Path file = folder.resolve(Credentials.CERTIFICATE_FILE);
    X509Certificate certificate = Pem.certificate(file);
    Identity identity = identityOf(certificate, file, authority);
    CertificateSummary old = CertificateSummary.of(certificate);
    boolean matching = hasMatchingKey(folder, certificate);
    if (matching && !forced) {
      if (now.isBefore(old.life().renewsAt())) {
        return new Renewal(folder, Result.NOT_DUE, old, old.life().renewsAt());
      }
      if (!old.life().validUntil().isBefore(authority.life().validUntil())) {
        return new Renewal(folder, Result.ENDS_WITH_AUTHORITY, old, Instant.MAX);
      }
    }
    Credentials renewed =
        authority.issue(
            identity.role(), identity.name(), old.hosts(), length(old.life(), authority, now), now);
    renewed.replacePair(folder);
    CertificateSummary summary = renewed.summary();
    return new Renewal(
        folder, matching ? Result.RENEWED : Result.REPAIRED, summary, summary.life().renewsAt());
  }

  private static Identity identityOf(X509Certificate certificate, Path file, Authority authority) {
    if (!authority.hasIssued(certificate)) {
      throw new PkiException(
          "%s: expected a certificate that %s has issued, but another authority has: %s"
              .formatted(
                  file,
                  authority.file(),
                  Name.shown(certificate.getIssuerX500Principal().getName())));
    }
    try {
      return Identity.parse(CertificateSummary.of(certificate).owner());
    } catch (IllegalArgumentException e) {
      throw new PkiException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static boolean hasMatchingKey(Path folder, X509Certificate certificate) {
    Path file = folder.resolve(Credentials.KEY_FILE);
    try {
      return Files.exists(file) && Keys.match(Pem.privateKey(file), certificate.getPublicKey());
    } catch (PkiException _) {
      // Whatever is wrong with it, or whoever could read it: a new key is the remedy.
      return false;
    }
  }

  /// As long as before, but not longer than the authority.
  private static Duration length(Life old, Authority authority, Instant now) {
    Duration rest =
        Duration.between(now.truncatedTo(ChronoUnit.SECONDS), authority.life().validUntil());
    return rest.isPositive() && rest.compareTo(old.length()) < 0 ? rest : old.length();
  }
}
