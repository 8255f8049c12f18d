package io.rserpool.client.host;

import io.rserpool.engine.session.cookie.CookieKeyText;
import io.rserpool.engine.session.cookie.CookieKeys;
import io.rserpool.net.file.FileStamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file with the keys by which the servers of a pool seal cookies: a line for each, `version key
/// time`, see [CookieKeyText]. Only its owner may read it, where the system knows owners.
///
/// As a [Supplier] it gives the keys that the file has now: a change is noticed within a second,
/// and a file that has become unreadable changes nothing but the log. Safe for use by many threads.
public final class CookieKeyFile implements Supplier<CookieKeys> {

  private static final Logger LOG = LoggerFactory.getLogger(CookieKeyFile.class);

  /// More than the most keys need.
  private static final int SIZE_MAX = 64 * 1024;

  private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(1);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private final Path path;
  private final ReentrantLock lock = new ReentrantLock();
  private CookieKeys keys;
  private FileStamp stamp;
  private long lookedNs;

  private CookieKeyFile(Path path) {
    this.path = path;
    this.stamp = FileStamp.of(List.of(path));
    this.keys = read(path);
    this.lookedNs = System.nanoTime();
  }

  /// Opens a file.
  ///
  /// @param path the file
  /// @return the cookie key file
  /// @throws CookieKeyFileException if its keys cannot be had, or others can read it
  public static CookieKeyFile open(Path path) {
    return new CookieKeyFile(path);
  }

  /// Reads the keys of a file once.
  ///
  /// @param path the file
  /// @return the cookie keys
  /// @throws CookieKeyFileException if they cannot be had, or others can read it
  public static CookieKeys read(Path path) {
    try {
      requireSecret(path);
      if (Files.size(path) > SIZE_MAX) {
        throw new CookieKeyFileException(
            "cookie keys %s: expected a file of at most %d bytes, but it has %d"
                .formatted(path, SIZE_MAX, Files.size(path)));
      }
      // Byte by byte, so that no fault of decoding shows what is there.
      return CookieKeyText.parse(Files.readAllLines(path, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new CookieKeyFileException("cookie keys %s, %s".formatted(path, e.getMessage()), e);
    } catch (NoSuchFileException e) {
      throw new CookieKeyFileException(
          "cookie keys %s: there is no such file; 'rserpool cookie-keys create' makes one"
              .formatted(path),
          e);
    } catch (IOException e) {
      throw new CookieKeyFileException(
          "cookie keys %s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static boolean knowsOwners(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void requireSecret(Path path) throws IOException {
    if (!knowsOwners(path)) {
      return;
    }
    Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(path);
    if (!OWNER_ONLY.containsAll(allowed)) {
      throw new CookieKeyFileException(
          ("cookie keys %s: expected a file that only its owner can read and write (rw-------), but it"
                  + " is %s. Make it so (chmod 600), and rotate the keys if others may have read"
                  + " them.")
              .formatted(path, PosixFilePermissions.toString(allowed)));
    }
  }

  /// Creates a file with one new key.
  ///
  /// @param path the file
  /// @return the cookie keys
  /// @throws CookieKeyFileException if it exists already, or cannot be written
  public static CookieKeys create(Path path) {
    CookieKeys keys = CookieKeys.create(new SecureRandom(), System.currentTimeMillis());
    try {
      makeFolder(path);
      Path complete = writeBeside(path, keys);
      try {
        // Fails if another process was faster, whatever it has written by then.
        Files.createLink(path, complete);
      } finally {
        Files.delete(complete);
      }
      return keys;
    } catch (FileAlreadyExistsException e) {
      throw new CookieKeyFileException(
          "cookie keys %s: expected a new file, but it exists".formatted(path), e);
    } catch (IOException | UnsupportedOperationException e) {
      throw new CookieKeyFileException(
          "cookie keys %s cannot be written: %s".formatted(path, e.getMessage()), e);
    }
  }

  /// Adds a new key to a file; the oldest go.
  ///
  /// @param path the file
  /// @param after how long from now on the new key only opens: time for all servers to get the file
  /// @param kept how many keys there are to be at most
  /// @return the cookie keys
  /// @throws CookieKeyFileException if the file cannot be read or written
  /// @throws IllegalArgumentException if fewer than 2 are to be kept
  public static CookieKeys rotate(Path path, Duration after, int kept) {
    long sealsFromMs = System.currentTimeMillis() + after.toMillis();
    CookieKeys keys = read(path).rotated(new SecureRandom(), sealsFromMs, kept);
    try {
      Files.move(writeBeside(path, keys), path, StandardCopyOption.REPLACE_EXISTING);
      return keys;
    } catch (IOException e) {
      throw new CookieKeyFileException(
          "cookie keys %s cannot be written: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static void makeFolder(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(folder, secrecy(path, OWNER_ONLY_FOLDER));
    }
  }

  /// A complete file beside the one that is meant, so that nobody ever reads half a file.
  private static Path writeBeside(Path path, CookieKeys keys) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    Path beside = Files.createTempFile(folder, ".cookie-keys", "", secrecy(path, OWNER_ONLY));
    return Files.write(
        beside,
        CookieKeyText.format(keys),
        StandardCharsets.ISO_8859_1,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
  }

  private static FileAttribute<?>[] secrecy(Path path, Set<PosixFilePermission> allowed) {
    return knowsOwners(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(allowed)}
        : new FileAttribute<?>[0];
  }

  /// The keys that the file has now.
  @Override
  public CookieKeys get() {
    lock.lock();
    try {
      if (System.nanoTime() - lookedNs >= LOOK_NS) {
        look();
      }
      return keys;
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    lookedNs = System.nanoTime();
    FileStamp now = stamp.again();
    if (now.equals(stamp)) {
      return;
    }
    stamp = now;
    try {
      keys = read(path);
      LOG.info("cookie keys {} have changed: {}", path, keys);
    } catch (CookieKeyFileException e) {
      LOG.warn("{}; going on with {}", e.getMessage(), keys);
    }
  }

  /// The keys, as one line for people.
  @Override
  public String toString() {
    return path + " with " + List.of(get());
  }
}
