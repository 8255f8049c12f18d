package io.rserpool.cli.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RenewCommandTest {

  @TempDir private Path temporary;

  private Path folder;
  private TypedCommands typed;

  @BeforeEach
  void begin() {
    folder = temporary.resolve("pki");
    typed = new TypedCommands(folder);
  }

  @Test
  void renewalTakesNamesRolesFoldersOrAll() {
    typed.run("init");
    typed.run("issue", "user", "a");
    typed.run("issue", "element", "a");
    typed.run("issue", "user", "b", "--out", temporary.resolve("b").toString());
    assertThat(typed.run("renew", "a")).isEqualTo(2);
    assertThat(typed.err()).contains("expected one certificate of 'a'", "element-a", "user-a");
    assertThat(typed.run("renew", "user-a", temporary.resolve("b").toString(), "--force")).isZero();
    assertThat(typed.out().lines())
        .containsExactly(
            "renewed rserpool://default/user/a in %s, valid until 2026-11-30T12:00:00Z"
                .formatted(folder.resolve("user-a")),
            "renewed rserpool://default/user/b in %s, valid until 2026-11-30T12:00:00Z"
                .formatted(temporary.resolve("b")));
    assertThat(typed.run("renew", "--all")).isZero();
    assertThat(typed.out().lines())
        .containsExactly(
            kept("element", "a", "2026-11-30T12:00:00Z", "2026-11-28T04:00:00Z"),
            kept("user", "a", "2026-11-30T12:00:00Z", "2026-11-28T04:00:00Z"));
    typed.advance(Duration.ofDays(5));
    assertThat(typed.run("renew", "--all")).isZero();
    assertThat(typed.out().lines()).hasSize(2).allMatch(line -> line.startsWith("renewed "));
  }

  private String kept(String role, String name, String until, String from) {
    return "kept rserpool://default/%s/%s in %s, valid until %s, to be renewed from %s on"
        .formatted(role, name, folder.resolve(role + "-" + name), until, from);
  }

  @Test
  void watchRenewsWhenItIsTimeAndLooksEveryHour() {
    typed.run("init");
    typed.run("issue", "user", "a", "--hours", "6");
    assertThat(typed.run("renew", "--watch")).isZero();
    assertThat(typed.pauses()).hasSize(10).allMatch(Duration.ofHours(1)::equals);
    assertThat(typed.out().lines())
        .containsExactly(
            kept("user", "a", "2026-11-23T18:00:00Z", "2026-11-23T16:00:00Z"),
            renewed("user", "a", "2026-11-23T22:00:00Z"),
            renewed("user", "a", "2026-11-24T02:00:00Z"));
  }

  private String renewed(String role, String name, String until) {
    return "renewed rserpool://default/%s/%s in %s, valid until %s"
        .formatted(role, name, folder.resolve(role + "-" + name), until);
  }

  @Test
  void watchWaitsUntilTheNextIsDueAndGoesOnAfterAFault() throws IOException {
    typed.run("init");
    typed.run("issue", "user", "a", "--hours", "1");
    typed.run("issue", "user", "b", "--hours", "2");
    typed.advance(Duration.ofMinutes(10));
    Path key = folder.resolve("authority.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(typed.run("renew", "--watch")).as("the first look failed").isEqualTo(1);
    assertThat(typed.err().lines())
        .hasSize(11)
        .allMatch(line -> line.contains("only its owner can read"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    typed.pauses().clear();
    assertThat(typed.run("renew", "--watch")).isZero();
    assertThat(typed.pauses())
        .startsWith(Duration.ofMinutes(40), Duration.ofMinutes(40), Duration.ofMinutes(40));
  }
}
