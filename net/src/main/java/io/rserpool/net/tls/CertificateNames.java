package io.rserpool.net.tls;

import io.rserpool.engine.PeerIdentity;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The one name by which the holder of a certificate is known: the first URI among its alternative
/// names whose scheme is `rserpool` (as `rserpool pki issue` writes it) or `spiffe`; else its first DNS
/// name, in small letters; else its whole subject. A name that is no plain printable text, or longer
/// than any sensible one, is passed over, so that names can be written into logs as they are.
final class CertificateNames {

  /// The kinds of alternative names (RFC 5280 section 4.2.1.6).
  private static final int DNS = 2;

  private static final int URI = 6;

  private static final int LENGTH_MAX = 512;

  private static final int DELETE = 0x7f;

  private static final List<String> IDENTITY_SCHEMES = List.of("rserpool://", "spiffe://");

  private CertificateNames() {}

  static PeerIdentity of(X509Certificate certificate) {
    for (String uri : alternativeNames(certificate, URI)) {
      if (IDENTITY_SCHEMES.stream().anyMatch(uri::startsWith)) {
        return new PeerIdentity(uri);
      }
    }
    List<String> hosts = alternativeNames(certificate, DNS);
    String subject = certificate.getSubjectX500Principal().getName();
    if (!hosts.isEmpty()) {
      return new PeerIdentity(hosts.getFirst().toLowerCase(Locale.ROOT));
    }
    return new PeerIdentity(
        isPlain(subject) ? subject : "serial " + certificate.getSerialNumber().toString(16));
  }

  private static List<String> alternativeNames(X509Certificate certificate, int kind) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> Objects.equals(name.getFirst(), kind))
              .map(name -> String.valueOf(name.get(1)))
              .filter(CertificateNames::isPlain)
              .toList();
    } catch (CertificateParsingException _) {
      return List.of();
    }
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && name.length() <= LENGTH_MAX
        && name.chars().allMatch(c -> c >= ' ' && c < DELETE);
  }
}
