package io.rserpool.net.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where a node's TLS files are: PEM all of them.
///
/// @param certificates the node's certificate, and after it those that lead from it to an authority,
///     if there are any
/// @param privateKey its private key, PKCS #8 and not encrypted; readable by its owner only
/// @param authorities the certificates of the authorities whose word about others is trusted
public record TlsFiles(Path certificates, Path privateKey, Path authorities) {

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

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

  /// {@return the permissions of the private key, such as `rw-r--r--`, if others than its owner can read or
  /// change it} Nothing where the file system knows no owners, or has no such file.
  public Optional<String> exposure() {
    try {
      Set<PosixFilePermission> seen = Files.getPosixFilePermissions(privateKey);
      return OWNERS.containsAll(seen)
          ? Optional.empty()
          : Optional.of(PosixFilePermissions.toString(seen));
    } catch (UnsupportedOperationException | IOException _) {
      return Optional.empty();
    }
  }

  List<Path> all() {
    return List.of(certificates, privateKey, authorities);
  }
}
