package io.rserpool.registrar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at a private key as others on this machine see it.
final class KeyFile {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.registrar");

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private KeyFile() {}

  /// Warns if others than its owner can read or change it, where the system knows owners.
  static void warnIfExposed(Path key) {
    try {
      Set<PosixFilePermission> seen = Files.getPosixFilePermissions(key);
      if (!OWNERS.containsAll(seen)) {
        LOG.warn(
            "private key {} is {}: others can read or change it, and be this registrar then. Make it"
                + " so (chmod 600), and have a new one made if others may have read it",
            key,
            PosixFilePermissions.toString(seen));
      }
    } catch (UnsupportedOperationException | IOException _) {
      // No owners here, or no such file, which is told by whoever reads it.
    }
  }
}
