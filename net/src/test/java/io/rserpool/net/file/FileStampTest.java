package io.rserpool.net.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileStampTest {

  private static final FileTime THEN = FileTime.fromMillis(1_000_000);

  @TempDir Path directory;

  private Path one;
  private Path other;

  @BeforeEach
  void write() throws IOException {
    one = Files.writeString(directory.resolve("one"), "first secret");
    other = Files.writeString(directory.resolve("other"), "other secret");
    Files.setLastModifiedTime(one, THEN);
  }

  private FileStamp stamp() {
    return FileStamp.of(List.of(one, other));
  }

  @Test
  void filesThatWereOnlyTouchedHaveNotChanged() throws IOException {
    FileStamp before = stamp();
    assertThat(before.again()).isEqualTo(before).hasSameHashCodeAs(before);
    Files.setLastModifiedTime(one, FileTime.fromMillis(2_000_000));
    assertThat(before.again()).isEqualTo(before);
  }

  @Test
  void contentOfTheSameSizeAndTimeIsAChange() throws IOException {
    FileStamp before = stamp();
    Files.writeString(one, "FIRST secret");
    Files.setLastModifiedTime(one, THEN);
    assertThat(before.again()).isNotEqualTo(before);
    Files.writeString(one, "first secret");
    assertThat(before.again()).isEqualTo(before);
    Files.writeString(other, "another secret");
    assertThat(before.again()).isNotEqualTo(before);
  }

  @Test
  void fileThatIsNotThereIsAChangeUntilItIsBack() throws IOException {
    FileStamp before = stamp();
    Files.delete(other);
    FileStamp without = before.again();
    assertThat(without).isNotEqualTo(before);
    assertThat(without.again()).isEqualTo(without);
    Files.writeString(other, "");
    assertThat(without.again()).isNotEqualTo(without);
    Files.writeString(other, "other secret");
    assertThat(before.again()).isEqualTo(before);
  }

  @Test
  void ofLargeFilesSizeAndTimeCount() throws IOException {
    Files.write(one, new byte[2_000_000]);
    Files.setLastModifiedTime(one, THEN);
    FileStamp before = stamp();
    assertThat(before.again()).isEqualTo(before);
    Files.setLastModifiedTime(one, FileTime.fromMillis(2_000_000));
    assertThat(before.again()).isNotEqualTo(before);
  }

  @Test
  void stampsOfOtherFilesDiffer() {
    assertThat(FileStamp.of(List.of(one))).isNotEqualTo(FileStamp.of(List.of(other)));
    assertThat(stamp().toString()).contains("one", "other").doesNotContain("secret");
  }
}
