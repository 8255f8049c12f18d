package io.rserpool.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialsTest {

  @TempDir private Path temporary;

  private Authority authority;
  private Path folder;

  @BeforeEach
  void makeAuthority() {
    authority = Fixtures.authority(temporary.resolve("pki"));
    folder = temporary.resolve("pki").resolve("element-e");
  }

  @Test
  void folderHasAllThatAProgramNeedsAndKeysAreForTheirOwner() throws IOException {
    Credentials written = Fixtures.issue(authority, Role.ELEMENT, "e");
    written.write(folder);
    assertThat(Fixtures.permissions(folder)).isEqualTo("rwx------");
    assertThat(Fixtures.permissions(folder.resolve("key.pem"))).isEqualTo("rw-------");
    assertThat(Fixtures.permissions(folder.resolve("certificate.pem"))).isEqualTo("rw-r--r--");
    assertThat(Fixtures.permissions(folder.resolve("authority.pem"))).isEqualTo("rw-r--r--");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(3);
    }
    assertThat(Pem.certificates(folder.resolve("certificate.pem")))
        .containsExactly(written.certificate());
    assertThat(Pem.certificates(folder.resolve("authority.pem")))
        .containsExactly(authority.certificate());
    assertThat(Pem.privateKey(folder.resolve("key.pem"))).isEqualTo(written.privateKey());
  }

  @Test
  void nothingIsOverwrittenUnlessItIsToBe() throws IOException {
    for (String existing : List.of("certificate.pem", "key.pem", "authority.pem")) {
      Path file = folder.resolve(existing);
      Files.createDirectories(folder);
      Files.writeString(file, "precious");
      assertThatThrownBy(() -> Fixtures.issue(authority, Role.ELEMENT, "e").write(folder))
          .isInstanceOf(PkiException.class)
          .hasMessage(file + ": expected no such file, but it exists, and is left as it is");
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).containsExactly(file);
      }
      assertThat(file).hasContent("precious");
      Files.delete(file);
    }
    Fixtures.issue(authority, Role.ELEMENT, "e").write(folder);
    Fixtures.setPermissions(folder.resolve("key.pem"), "rw-r--r--");
    Credentials second = Fixtures.issue(authority, Role.ELEMENT, "e");
    second.replace(folder);
    assertThat(Pem.certificate(folder.resolve("certificate.pem"))).isEqualTo(second.certificate());
    assertThat(Pem.privateKey(folder.resolve("key.pem"))).isEqualTo(second.privateKey());
    assertThat(Fixtures.permissions(folder.resolve("key.pem"))).isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).as("nothing temporary stays").hasSize(3);
    }
  }

  @Test
  void textSaysWhoseTheyAreAndNothingOfTheKey() throws IOException {
    Credentials issued = Fixtures.issue(authority, Role.ELEMENT, "e");
    issued.write(folder);
    assertThat(issued).hasToString("credentials of rserpool://default/element/e");
    assertThat(issued.toString() + issued.summary() + issued.privateKey())
        .doesNotContain(Fixtures.pieces(folder.resolve("key.pem")));
  }

  @Test
  void foldersAreListedInTheOrderOfTheirNames() throws IOException {
    for (String name : List.of("b", "c", "a")) {
      Fixtures.issue(authority, Role.USER, name)
          .write(temporary.resolve("pki").resolve("user-" + name));
    }
    Files.createDirectories(temporary.resolve("pki").resolve("something-else"));
    assertThat(Credentials.foldersIn(temporary.resolve("pki")))
        .extracting(each -> each.getFileName().toString())
        .containsExactly("user-a", "user-b", "user-c");
    assertThatThrownBy(() -> Credentials.foldersIn(temporary.resolve("none")))
        .isInstanceOf(PkiException.class)
        .hasMessage(temporary.resolve("none") + ": expected a folder, but there is none");
  }

  @Test
  void summariesAreOfAllCertificatesOfAFile() throws IOException {
    Credentials issued = Fixtures.issue(authority, Role.ELEMENT, "e");
    Path chain = temporary.resolve("chain.pem");
    Files.writeString(
        chain,
        "subject: somebody\n"
            + new String(Pem.encode(issued.certificate()), StandardCharsets.UTF_8)
            + new String(Pem.encode(issued.authority()), StandardCharsets.UTF_8));
    assertThat(Credentials.summaries(chain))
        .extracting(CertificateSummary::owner, CertificateSummary::authority)
        .containsExactly(
            tuple("rserpool://default/element/e", false), tuple("authority of default", true));
    assertThat(Credentials.summaries(chain).getFirst().hosts())
        .containsExactly("localhost", "127.0.0.1", "::1");
  }
}
