package io.rserpool.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class OwnFilesTest {

  @TempDir private Path temporary;

  private final Logger logger = (Logger) LoggerFactory.getLogger(OwnFiles.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
  }

  @AfterEach
  void listenNoMore() {
    logger.setAdditive(true);
    logger.detachAppender(log);
  }

  /// The file system of a zip archive has no owners and permissions.
  @Test
  void fileSystemWithoutPermissionsIsWarnedOfAndUsed() throws IOException {
    try (FileSystem zip =
        FileSystems.newFileSystem(temporary.resolve("a.zip"), Map.of("create", "true"))) {
      Path folder = zip.getPath("/pki");
      Fixtures.authority(folder);
      Authority authority = Authority.open(folder);
      Path mine = folder.resolve("user-u");
      Fixtures.issue(authority, Role.USER, "u").write(mine);
      assertThat(Renewal.renew(authority, mine, true, Fixtures.NOW).result())
          .isEqualTo(Renewal.Result.RENEWED);
      assertThat(Renewal.renew(authority, mine, false, Fixtures.NOW).result())
          .isEqualTo(Renewal.Result.NOT_DUE);
    }
    assertThat(log.list)
        .allMatch(event -> event.getLevel() == Level.WARN)
        .extracting(ILoggingEvent::getFormattedMessage)
        .hasSize(3)
        .allMatch(text -> text.contains("no owners and permissions"))
        .first()
        .asString()
        .startsWith("private key /pki/authority.key:");
  }

  /// As when two processes do the same at once: looking first does not help.
  @Test
  void fileThatIsThereOrALinkThatLeadsNowhereStays() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "precious");
    Path elsewhere = temporary.resolve("elsewhere");
    Path link = Files.createSymbolicLink(temporary.resolve("link"), elsewhere);
    for (Path existing : List.of(file, link)) {
      assertThatThrownBy(() -> OwnFiles.create(existing, new byte[3], OwnFiles.Readers.OWNER))
          .isInstanceOf(PkiException.class)
          .hasMessage(existing + ": expected no such file, but it exists, and is left as it is");
    }
    assertThat(file).hasContent("precious");
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void nothingIsWarnedOfWherePermissionsAreKept() {
    Fixtures.authority(temporary.resolve("pki"));
    assertThat(log.list).isEmpty();
  }
}
