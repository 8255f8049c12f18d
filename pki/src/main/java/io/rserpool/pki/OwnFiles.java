package io.rserpool.pki;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files and folders that have their permissions from the moment they exist; what is replaced is
/// replaced as a whole or not at all.
final class OwnFiles {

  /// Who may read a file.
  enum Readers {
    /// Only its owner: a key.
    OWNER("rw-------"),
    /// Whoever gets to its folder: a certificate.
    ANYBODY("rw-r--r--");

    private final String permissions;

    Readers(String permissions) {
      this.permissions = permissions;
    }

    private Set<PosixFilePermission> permissions() {
      return PosixFilePermissions.fromString(permissions);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(OwnFiles.class);

  /// A file with all certificates that a system trusts has a fifth of this.
  private static final int SIZE_MAX = 1 << 20;

  private static final Set<PosixFilePermission> OWN_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private OwnFiles() {}

  /// Makes a folder for its owner only, unless there is one.
  static void makeFolder(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, allowing(folder, OWN_FOLDER));
      }
    } catch (IOException e) {
      throw new PkiException("%s: expected a folder, but %s".formatted(folder, reason(e)), e);
    }
  }

  /// Makes a file that was not there; whatever is there stays.
  static void create(Path file, byte[] content, Readers readers) {
    warnIfNobodyGuards(file, readers);
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, options, allowing(file, readers.permissions()))) {
      writeAll(channel, content);
    } catch (FileAlreadyExistsException _) {
      throw exists(file);
    } catch (IOException e) {
      throw cannotBeWritten(file, e);
    }
  }

  /// Makes a file, or puts another one in its place in one step.
  static void replace(Path file, byte[] content, Readers readers) {
    warnIfNobodyGuards(file, readers);
    try {
      Path folder = file.toAbsolutePath().getParent();
      Path beside =
          Files.createTempFile(
              folder, "." + file.getFileName(), ".new", allowing(file, readers.permissions()));
      try {
        Files.write(beside, content, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Files.move(
            beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw cannotBeWritten(file, e);
    }
  }

  private static void writeAll(SeekableByteChannel channel, byte[] content) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(content);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  /// What a file holds.
  ///
  /// @param expected what it should be, for the text of a fault
  static byte[] read(Path file, String expected) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(SIZE_MAX + 1);
      if (content.length > SIZE_MAX) {
        throw new PkiException(
            "%s: expected %s of at most %d bytes, but it has more"
                .formatted(file, expected, SIZE_MAX));
      }
      return content;
    } catch (IOException e) {
      throw new PkiException("%s: expected %s, but %s".formatted(file, expected, reason(e)), e);
    }
  }

  /// Refuses a key that others than its owner can read or change.
  static void requireOwnersOnly(Path file) {
    if (!hasPermissions(file)) {
      return;
    }
    Set<PosixFilePermission> seen;
    try {
      seen = Files.getPosixFilePermissions(file);
    } catch (IOException e) {
      throw new PkiException("%s: expected a private key, but %s".formatted(file, reason(e)), e);
    }
    if (!Readers.OWNER.permissions().containsAll(seen)) {
      throw new PkiException(
          ("%s: expected a private key that only its owner can read and write (rw-------),"
                  + " but it is %s. Make it so (chmod 600), and make a new key if others may have"
                  + " read it.")
              .formatted(file, PosixFilePermissions.toString(seen)));
    }
  }

  static PkiException exists(Path file) {
    return new PkiException(
        "%s: expected no such file, but it exists, and is left as it is".formatted(file));
  }

  private static PkiException cannotBeWritten(Path file, IOException e) {
    return new PkiException("%s: expected to write it, but %s".formatted(file, reason(e)), e);
  }

  /// The second half of a sentence that says what was expected.
  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is none";
      case NotDirectoryException _ -> "it is none";
      case AccessDeniedException _ -> "access is denied";
      case FileAlreadyExistsException _ -> "it is a file";
      default -> "it cannot be done: " + e;
    };
  }

  private static boolean hasPermissions(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] allowing(Path path, Set<PosixFilePermission> permissions) {
    return hasPermissions(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static void warnIfNobodyGuards(Path file, Readers readers) {
    if (readers == Readers.OWNER && !hasPermissions(file)) {
      LOG.warn(
          "private key {}: this file system has no owners and permissions, so see to it that nobody"
              + " else reads the file",
          file);
    }
  }
}
