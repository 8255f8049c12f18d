package io.rserpool.net.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/// What some files were when they were looked at: two stamps are equal unless a file has changed. What
/// counts is the content, since a key that is replaced by another one has the same size, and perhaps the
/// same time; so a file that was only touched has not changed. Of files beyond a mebibyte, size and time
/// count.
///
/// Taken before the files are read, a change in the meantime is noticed at the next look. Holds nothing of
/// what is in the files but a digest, which is in no text.
public final class FileStamp {

  private static final long CONTENT_BYTES_MAX = 1 << 20;

  /// Of a file that is not there, or cannot be read.
  private static final Mark NONE = new Mark(-1, FileTime.fromMillis(0), "");

  private record Mark(long size, FileTime modified, String digest) {}

  private final List<Path> files;
  private final List<Mark> marks;

  private FileStamp(List<Path> files) {
    this.files = List.copyOf(files);
    this.marks = files.stream().map(FileStamp::mark).toList();
  }

  /// {@return what files are now} Reads them, so it may block.
  ///
  /// @param files which; those that are not there may come later
  public static FileStamp of(List<Path> files) {
    return new FileStamp(files);
  }

  /// {@return what the same files are now}
  public FileStamp again() {
    return new FileStamp(files);
  }

  private static Mark mark(Path file) {
    try {
      long size = Files.size(file);
      if (size > CONTENT_BYTES_MAX) {
        return new Mark(size, Files.getLastModifiedTime(file), "");
      }
      byte[] content = Files.readAllBytes(file);
      try {
        return new Mark(content.length, FileTime.fromMillis(0), digest(content));
      } finally {
        Arrays.fill(content, (byte) 0);
      }
    } catch (IOException _) {
      return NONE;
    }
  }

  private static String digest(byte[] content) {
    try {
      return Arrays.toString(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileStamp stamp
        && files.equals(stamp.files)
        && marks.equals(stamp.marks);
  }

  @Override
  public int hashCode() {
    return files.hashCode();
  }

  /// The names of the files.
  @Override
  public String toString() {
    return "stamp of " + files;
  }
}
