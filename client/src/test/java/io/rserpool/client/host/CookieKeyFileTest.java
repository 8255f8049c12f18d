package io.rserpool.client.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.session.cookie.CookieKey;
import io.rserpool.engine.session.cookie.CookieKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class CookieKeyFileTest {

  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @TempDir private Path folder;

  private Path file(String mode, String... lines) throws IOException {
    Path path = Files.write(folder.resolve("keys"), List.of(lines));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    return path;
  }

  @Test
  void createdFileIsForItsOwnerOnlyAndReadBack() throws IOException {
    Path path = folder.resolve("new").resolve("cookie.keys");
    CookieKeys keys = CookieKeyFile.create(path);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
        .isEqualTo("rwx------");
    assertThat(CookieKeyFile.read(path)).isEqualTo(keys);
    try (Stream<Path> files = Files.list(path.getParent())) {
      assertThat(files).containsExactly(path);
    }
    assertThatThrownBy(() -> CookieKeyFile.create(path))
        .isInstanceOf(CookieKeyFileException.class)
        .hasMessage("cookie keys " + path + ": expected a new file, but it exists");
    assertThat(CookieKeyFile.read(path)).isEqualTo(keys);
  }

  @Test
  void ofManyThatCreateAFileAtOnceOneSucceedsAndAllReadTheSame() throws Exception {
    Path path = folder.resolve("cookie.keys");
    Callable<CookieKeys> creation =
        () -> {
          try {
            CookieKeyFile.create(path);
          } catch (CookieKeyFileException _) {
            // Another one was faster.
          }
          return CookieKeyFile.read(path);
        };
    try (ExecutorService all = Executors.newFixedThreadPool(8)) {
      List<Future<CookieKeys>> runs =
          all.invokeAll(IntStream.range(0, 40).mapToObj(_ -> creation).toList());
      assertThat(runs.stream().map(CookieKeyFileTest::result).distinct()).hasSize(1);
    }
  }

  private static CookieKeys result(Future<CookieKeys> run) {
    try {
      return run.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void fileThatOthersCanReadOrWriteIsRefused() throws IOException {
    for (String mode : List.of("rw-r--r--", "rw-rw----", "rw----r--", "rw--w----")) {
      Path path = file(mode, "1 " + KEY);
      assertThatThrownBy(() -> CookieKeyFile.read(path))
          .isInstanceOf(CookieKeyFileException.class)
          .hasMessageContaining(path.toString())
          .hasMessageContaining("(rw-------), but it is " + mode)
          .hasMessageContaining("chmod 600")
          .hasMessageNotContaining(KEY);
    }
    for (String mode : List.of("rw-------", "r--------")) {
      assertThat(CookieKeyFile.read(file(mode, "1 " + KEY)).all()).hasSize(1);
      Files.delete(folder.resolve("keys"));
    }
  }

  @Test
  void mistakesNameTheFileAndTheLineAndNeverAKey() throws IOException {
    Path path = file("rw-------", "# mine", "1 " + KEY + " soon");
    assertThatThrownBy(() -> CookieKeyFile.read(path))
        .hasMessage(
            "cookie keys %s, line 2: expected a time such as 2026-11-23T12:00:00Z third"
                .formatted(path));
    Files.write(path, new byte[] {'1', ' ', (byte) 0xff});
    assertThatThrownBy(() -> CookieKeyFile.read(path)).hasMessageContaining("line 1");
    Files.write(path, new byte[70_000]);
    assertThatThrownBy(() -> CookieKeyFile.read(path)).hasMessageContaining("at most 65536 bytes");
    assertThatThrownBy(() -> CookieKeyFile.open(folder.resolve("none")))
        .hasMessageContaining("there is no such file")
        .hasMessageContaining("cookie-keys create");
  }

  @Test
  void rotationAddsAKeyThatSealsLaterAndDropsTheOldest() throws IOException {
    Path path = folder.resolve("cookie.keys");
    CookieKeys first = CookieKeyFile.create(path);
    long before = System.currentTimeMillis();
    for (int i = 0; i < 3; i++) {
      CookieKeys rotated = CookieKeyFile.rotate(path, Duration.ofHours(1), 3);
      assertThat(CookieKeyFile.read(path)).isEqualTo(rotated);
    }
    CookieKeys last = CookieKeyFile.read(path);
    assertThat(last.all().stream().map(CookieKey::version)).containsExactly(2L, 3L, 4L);
    assertThat(last.all().getLast().sealsFromMs()).isGreaterThanOrEqualTo(before + 3_600_000);
    assertThat(first.find(1)).isPresent();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void changedFileIsNoticedAndABrokenOneChangesNothing() throws IOException {
    Path path = folder.resolve("cookie.keys");
    CookieKeys old = CookieKeyFile.create(path);
    CookieKeyFile file = CookieKeyFile.open(path);
    assertThat(file.get()).isEqualTo(old);
    CookieKeys rotated = CookieKeyFile.rotate(path, Duration.ZERO, 3);
    Files.setLastModifiedTime(path, FileTime.fromMillis(1));
    while (!file.get().equals(rotated)) {
      Thread.onSpinWait();
    }
    Files.writeString(path, "nonsense");
    Files.setLastModifiedTime(path, FileTime.fromMillis(2));
    long endNs = System.nanoTime() + Duration.ofMillis(1_200).toNanos();
    while (System.nanoTime() < endNs) {
      assertThat(file.get()).isEqualTo(rotated);
    }
  }
}
