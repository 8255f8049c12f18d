package io.rserpool.cli.doctor;

import io.rserpool.cli.pki.LifeText;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsException;
import io.rserpool.net.tls.TlsFiles;
import io.rserpool.pki.CertificateSummary;
import io.rserpool.pki.Credentials;
import io.rserpool.pki.Identity;
import io.rserpool.pki.Life;
import io.rserpool.pki.PkiException;
import io.rserpool.pki.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks at the files that `--tls` names. Nothing of a key comes into a text.
final class CredentialChecks {
  private static final String CERTIFICATE = "certificate";
  private static final String KEY = "key";
  private static final String AUTHORITY = "authority";

  /// From here on it should have been renewed.
  private static final double LATE = 0.75;

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path directory;
  private final TlsFiles files;
  private final InstantSource clock;

  CredentialChecks(Path directory, InstantSource clock) {
    this.directory = directory;
    this.files = TlsFiles.in(directory);
    this.clock = clock;
  }

  List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(certificate());
    findings.add(key());
    findings.add(authority());
    return findings;
  }

  private List<Finding> certificate() {
    CertificateSummary certificate;
    try {
      certificate = Credentials.summaries(files.certificates()).getFirst();
    } catch (PkiException e) {
      return List.of(
          Finding.problem(
              CERTIFICATE, String.valueOf(e.getMessage()), "rserpool pki issue makes one"));
    }
    return List.of(life(certificate), name(certificate));
  }

  private Finding life(CertificateSummary certificate) {
    Instant now = clock.instant();
    Life life = certificate.life();
    String renew = "rserpool pki renew " + directory + " (--watch does it in time)";
    return switch (life.phase(now)) {
      case NOT_YET_VALID ->
          Finding.problem(
              CERTIFICATE,
              "valid from %s on only, and it is %s here".formatted(life.validFrom(), now),
              "set the clock of this machine, or of the one that issued it");
      case EXPIRED ->
          Finding.problem(
              CERTIFICATE, "expired at " + life.validUntil() + ": nobody trusts it", renew);
      case VALID, RENEW -> {
        String left =
            "valid until " + life.validUntil() + ", " + LifeText.left(life, now) + " left";
        yield life.usedShare(now) < LATE
            ? Finding.ok(CERTIFICATE, left)
            : Finding.warn(CERTIFICATE, left + ": three quarters of its life are over", renew);
      }
    };
  }

  private Finding name(CertificateSummary certificate) {
    String hosts =
        certificate.hosts().isEmpty()
            ? "for no host"
            : "for " + String.join(", ", certificate.hosts());
    String holder = holder().orElse(certificate.owner());
    Role role;
    try {
      role = Identity.parse(holder).role();
    } catch (IllegalArgumentException _) {
      return Finding.ok(
          "name",
          "'%s', %s; it has no role, so a policy file says what it may do"
              .formatted(holder, hosts));
    }
    String text = "%s, %s".formatted(holder, hosts);
    return switch (role) {
      case REGISTRAR, ELEMENT ->
          certificate.hosts().isEmpty()
              ? Finding.warn(
                  "name",
                  text,
                  "whoever calls with --verify-hosts does not believe it: issue it with --host")
              : Finding.ok("name", text);
      case USER, ADMINISTRATOR -> Finding.ok("name", text);
    };
  }

  /// As whom registrars and peers know the holder, if the files can be used.
  private Optional<String> holder() {
    try {
      return Optional.of(TlsCredentials.load(files).identity().name());
    } catch (TlsException _) {
      return Optional.empty();
    }
  }

  private Finding key() {
    Path key = files.privateKey();
    try {
      TlsCredentials _ = TlsCredentials.load(files);
    } catch (TlsException e) {
      return Finding.problem(
          KEY, String.valueOf(e.getMessage()), "look at the files of " + directory);
    }
    try {
      Set<PosixFilePermission> seen = Files.getPosixFilePermissions(key);
      return OWNERS.containsAll(seen)
          ? Finding.ok(KEY, "belongs to the certificate, and only its owner can read it")
          : Finding.problem(
              KEY,
              key + " is " + PosixFilePermissions.toString(seen) + ": others can read or change it",
              "chmod 600 "
                  + key
                  + ", and make a new one if others may have read it:"
                  + " rserpool pki renew --force "
                  + directory);
    } catch (UnsupportedOperationException _) {
      return Finding.warn(
          KEY,
          "belongs to the certificate; this file system has no permissions",
          "see to it that nobody else can read " + key);
    } catch (IOException e) {
      return Finding.problem(KEY, key + " cannot be looked at: " + e.getMessage(), "look at it");
    }
  }

  private Finding authority() {
    Path file = files.authorities();
    Instant now = clock.instant();
    List<CertificateSummary> trusted;
    try {
      trusted = Credentials.summaries(file);
      requireTrust(now);
    } catch (PkiException | IOException e) {
      return Finding.problem(
          AUTHORITY, String.valueOf(e.getMessage()), "copy that of the scope to " + file);
    } catch (GeneralSecurityException _) {
      return Finding.problem(
          AUTHORITY,
          file
              + " has no authority that the own certificate leads to, so no registrar of the scope"
              + " is believed",
          "copy authority.pem and certificate.pem of the same scope");
    }
    String who =
        trusted.stream()
            .map(each -> each.owner() + " until " + each.life().validUntil())
            .collect(Collectors.joining(", "));
    boolean isLate = trusted.stream().anyMatch(each -> each.life().phase(now) != Life.Phase.VALID);
    return isLate
        ? Finding.warn(AUTHORITY, who, "make a new authority, and have both trusted for a while")
        : Finding.ok(AUTHORITY, who);
  }

  /// That the own certificate is of a trusted authority, whatever the time is.
  private void requireTrust(Instant now) throws GeneralSecurityException, IOException {
    List<X509Certificate> chain = certificates(files.certificates());
    Set<TrustAnchor> anchors =
        certificates(files.authorities()).stream()
            .map(each -> new TrustAnchor(each, null))
            .collect(Collectors.toSet());
    PKIXParameters parameters = new PKIXParameters(anchors);
    parameters.setRevocationEnabled(false);
    Life life = Life.of(chain.getFirst());
    boolean counts = now.isAfter(life.validFrom()) && now.isBefore(life.validUntil());
    parameters.setDate(Date.from(counts ? now : life.issued().plus(life.length().dividedBy(2))));
    var _ =
        CertPathValidator.getInstance("PKIX")
            .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
  }

  private static List<X509Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<?> read = CertificateFactory.getInstance("X.509").generateCertificates(in);
      return read.stream().map(X509Certificate.class::cast).toList();
    }
  }
}
