package io.rserpool.pki;

import java.security.cert.X509Certificate;
import java.util.List;

/// What a certificate says, for people.
///
/// @param owner the identity; for an authority `authority of SCOPE`; for a certificate of another
///     authority the name in it
/// @param authority whether it is an authority's
/// @param hosts of which DNS names and IP addresses it speaks
/// @param life from when until when it counts
public record CertificateSummary(String owner, boolean authority, List<String> hosts, Life life) {

  /// Checks nothing; copies the hosts.
  public CertificateSummary {
    hosts = List.copyOf(hosts);
  }

  /// What a certificate says.
  ///
  /// @param certificate the certificate, of whichever authority
  /// @return its summary
  public static CertificateSummary of(X509Certificate certificate) {
    AlternativeNames names = AlternativeNames.of(certificate);
    boolean authority = certificate.getBasicConstraints() >= 0;
    String subject = Name.shown(certificate.getSubjectX500Principal().getName());
    String owner =
        names.uris().stream()
            .filter(uri -> uri.startsWith(Identity.SCHEME))
            .findFirst()
            .map(uri -> authority ? "authority of " + uri.substring(Identity.SCHEME.length()) : uri)
            .map(Name::shown)
            .orElse(subject);
    return new CertificateSummary(owner, authority, names.hosts(), Life.of(certificate));
  }
}
