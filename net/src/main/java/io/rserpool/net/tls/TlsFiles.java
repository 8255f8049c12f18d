package io.rserpool.net.tls;

import java.nio.file.Path;
import java.util.List;

/// Where a node's TLS files are: PEM all of them.
///
/// @param certificates the node's certificate, and after it those that lead from it to an authority,
///     if there are any
/// @param privateKey its private key, PKCS #8 and not encrypted; readable by its owner only
/// @param authorities the certificates of the authorities whose word about others is trusted
public record TlsFiles(Path certificates, Path privateKey, Path authorities) {

  private static final String CERTIFICATES = "certificate.pem";
  private static final String PRIVATE_KEY = "key.pem";
  private static final String AUTHORITIES = "authority.pem";

  /// All parts are needed.
  public TlsFiles {}

  /// The files of a directory as `rserpool pki issue` makes it: `certificate.pem`, `key.pem` and
  /// `authority.pem`.
  ///
  /// @param directory where they are
  /// @return their paths
  public static TlsFiles in(Path directory) {
    return new TlsFiles(
        directory.resolve(CERTIFICATES),
        directory.resolve(PRIVATE_KEY),
        directory.resolve(AUTHORITIES));
  }

  List<Path> all() {
    return List.of(certificates, privateKey, authorities);
  }
}
