package io.rserpool.pki;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// The private authority of a scope: `authority.pem`, its certificate, which all who belong to the
/// scope trust, and `authority.key`, with which it signs theirs, and which stays in its folder.
///
/// The scope stands in the authority's certificate as `rserpool://SCOPE`, an alternative name.
/// Immutable, and safe for use by many threads.
public final class Authority {

  /// The file with the certificate.
  public static final String CERTIFICATE_FILE = "authority.pem";

  /// The file with the private key.
  public static final String KEY_FILE = "authority.key";

  private static final String SUBJECT = "rserpool authority of ";

  /// A common name has at most 64 characters (RFC 5280 appendix A.1).
  private static final int SCOPE_LENGTH_MAX = 64 - SUBJECT.length();

  /// Longer makes no sense, and years have four digits.
  private static final Duration LIFE_MAX = Duration.ofDays(36_525);

  private final Path file;
  private final String scope;
  private final X509Certificate certificate;
  private final PrivateKey key;
  private final SecureRandom random;

  private Authority(
      Path file, String scope, X509Certificate certificate, PrivateKey key, SecureRandom random) {
    this.file = file;
    this.scope = scope;
    this.certificate = certificate;
    this.key = key;
    this.random = random;
  }

  /// Makes an authority and its files.
  ///
  /// @param folder where; made for its owner only if it is not there
  /// @param scope the name of the scope: 1 to 42 letters, digits, '.', '-' or '_'
  /// @param life how long it is to last
  /// @param now the time
  /// @return the authority
  /// @throws PkiException if there is one in that folder, or files cannot be written
  /// @throws IllegalArgumentException if the name or the length of life is none
  public static Authority create(Path folder, String scope, Duration life, Instant now) {
    return create(folder, scope, life, now, new SecureRandom());
  }

  /// Makes an authority and its files, with randomness from a given source.
  ///
  /// @param folder where; made for its owner only if it is not there
  /// @param scope the name of the scope: 1 to 42 letters, digits, '.', '-' or '_'
  /// @param life how long it is to last
  /// @param now the time
  /// @param random where keys and numbers come from
  /// @return the authority
  /// @throws PkiException if there is one in that folder, or files cannot be written
  /// @throws IllegalArgumentException if the name or the length of life is none
  public static Authority create(
      Path folder, String scope, Duration life, Instant now, SecureRandom random) {
    Name.require("a scope", scope, SCOPE_LENGTH_MAX);
    requireLife(life);
    Path file = folder.resolve(CERTIFICATE_FILE);
    Path keyFile = folder.resolve(KEY_FILE);
    for (Path each : List.of(file, keyFile)) {
      if (Files.exists(each)) {
        throw OwnFiles.exists(each);
      }
    }
    KeyPair keys = Keys.make(random);
    Instant from = now.truncatedTo(ChronoUnit.SECONDS);
    X509Certificate certificate =
        new CertificateMaker(random)
            .authority(
                SUBJECT + scope,
                Identity.SCHEME + scope,
                keys,
                from.minus(Life.BACKDATED),
                from.plus(life));
    OwnFiles.makeFolder(folder);
    OwnFiles.create(keyFile, Pem.encode(keys.getPrivate()), OwnFiles.Readers.OWNER);
    OwnFiles.create(file, Pem.encode(certificate), OwnFiles.Readers.ANYBODY);
    return new Authority(file, scope, certificate, keys.getPrivate(), random);
  }

  /// Opens an authority.
  ///
  /// @param folder where its files are
  /// @return the authority
  /// @throws PkiException if they are not there, are broken, do not belong together, or others can
  ///     read the key
  public static Authority open(Path folder) {
    return open(folder, new SecureRandom());
  }

  /// Opens an authority that takes its randomness from a given source.
  ///
  /// @param folder where its files are
  /// @param random where keys and numbers come from
  /// @return the authority
  /// @throws PkiException if they are not there, are broken, do not belong together, or others can
  ///     read the key
  public static Authority open(Path folder, SecureRandom random) {
    Path file = folder.resolve(CERTIFICATE_FILE);
    if (!Files.exists(file)) {
      throw new PkiException(
          ("%s: expected the certificate of an authority, but there is no such file;"
                  + " 'rserpool pki init' makes one")
              .formatted(file));
    }
    X509Certificate certificate = Pem.certificate(file);
    if (certificate.getBasicConstraints() < 0) {
      throw new PkiException(
          "%s: expected the certificate of an authority (CA:true), but it is the one of %s"
              .formatted(file, CertificateSummary.of(certificate).owner()));
    }
    String scope = scopeOf(certificate, file);
    Path keyFile = folder.resolve(KEY_FILE);
    PrivateKey key = Pem.privateKey(keyFile);
    if (!Keys.match(key, certificate.getPublicKey())) {
      throw new PkiException(
          "%s: expected the private key of %s, but it belongs to another certificate"
              .formatted(keyFile, file));
    }
    return new Authority(file, scope, certificate, key, random);
  }

  private static String scopeOf(X509Certificate certificate, Path file) {
    return AlternativeNames.of(certificate).uris().stream()
        .filter(uri -> uri.startsWith(Identity.SCHEME))
        .map(uri -> uri.substring(Identity.SCHEME.length()))
        .filter(Name::isValid)
        .findFirst()
        .orElseThrow(() ->
            new PkiException(
                ("%s: expected the alternative name rserpool://SCOPE in the certificate of an"
                        + " authority, but it has none")
                    .formatted(file)));
  }

  private static void requireLife(Duration life) {
    if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(LIFE_MAX) > 0) {
      throw new IllegalArgumentException(
          "a certificate lasts from 1 second to %d days, but this is %s"
              .formatted(LIFE_MAX.toDays(), life));
    }
  }

  /// Makes a pair of keys and a certificate that says whose they are. Nothing is written.
  ///
  /// @param role what he is to the scope
  /// @param name his name: 1 to 63 letters, digits, '.', '-' or '_'
  /// @param hosts DNS names and IP addresses at which he can be reached; for the usual ones
  ///     [Role#usualHosts]
  /// @param life how long it is to last from now on
  /// @param now the time
  /// @return what he needs
  /// @throws PkiException if the authority does not count now, or not for so long
  /// @throws IllegalArgumentException if a name, a host or the length of life is none
  public Credentials issue(Role role, String name, List<String> hosts, Duration life, Instant now) {
    Identity identity = new Identity(scope, role, name);
    List<Host> known = Host.parse(hosts);
    requireLife(life);
    Instant from = now.truncatedTo(ChronoUnit.SECONDS);
    Instant until = from.plus(life).truncatedTo(ChronoUnit.SECONDS);
    requireOutlives(until, now);
    KeyPair keys = Keys.make(random);
    X509Certificate issued =
        new CertificateMaker(random)
            .leaf(
                certificate,
                key,
                identity,
                known,
                keys.getPublic(),
                from.minus(Life.BACKDATED),
                until);
    return new Credentials(issued, keys.getPrivate(), certificate);
  }

  private void requireOutlives(Instant until, Instant now) {
    Life own = life();
    if (own.phase(now) == Life.Phase.EXPIRED || own.phase(now) == Life.Phase.NOT_YET_VALID) {
      throw new PkiException(
          "%s: expected an authority that counts at %s, but it counts from %s to %s"
              .formatted(file, now, own.validFrom(), own.validUntil()));
    }
    if (until.isAfter(own.validUntil())) {
      throw new PkiException(
          ("%s: expected a certificate that does not outlive its authority, which expires at %s,"
                  + " but it would expire at %s")
              .formatted(file, own.validUntil(), until));
    }
  }

  /// Whether it has signed a certificate.
  boolean hasIssued(X509Certificate other) {
    try {
      other.verify(certificate.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  /// Where its certificate is, for texts.
  Path file() {
    return file;
  }

  /// The name of the scope.
  public String scope() {
    return scope;
  }

  /// What all who belong to the scope trust.
  public X509Certificate certificate() {
    return certificate;
  }

  /// From when until when it counts.
  public Life life() {
    return Life.of(certificate);
  }

  /// The scope and the file, never the key.
  @Override
  public String toString() {
    return "authority of " + scope + " in " + file;
  }
}
