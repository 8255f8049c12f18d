package io.rserpool.pki;

import io.rserpool.protocol.IpAddress;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The alternative names of the subject of a certificate (RFC 5280 section 4.2.1.6), as far as they
/// matter here.
///
/// @param uris addresses: identities
/// @param hosts DNS names and IP addresses
record AlternativeNames(List<String> uris, List<String> hosts) {
  private static final int DNS_NAME = 2;
  private static final int URI = 6;
  private static final int IP_ADDRESS = 7;

  static AlternativeNames of(X509Certificate certificate) {
    List<String> uris = new ArrayList<>();
    List<String> hosts = new ArrayList<>();
    @Nullable Collection<List<?>> names;
    try {
      names = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException _) {
      // Names that cannot be read name nobody.
      names = null;
    }
    if (names == null) {
      return new AlternativeNames(uris, hosts);
    }
    for (List<?> name : names) {
      String text = String.valueOf(name.get(1));
      switch ((Integer) name.getFirst()) {
        case DNS_NAME -> hosts.add(Name.shown(text));
        case URI -> uris.add(text);
        case IP_ADDRESS -> hosts.add(canonical(text));
        default -> {
          // Names of other kinds are nothing to this scope.
        }
      }
    }
    return new AlternativeNames(uris, hosts);
  }

  private static String canonical(String address) {
    return IpAddress.ofBytes(InetAddress.ofLiteral(address).getAddress()).toString();
  }
}
