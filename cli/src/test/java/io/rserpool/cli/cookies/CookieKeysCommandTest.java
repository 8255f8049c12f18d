package io.rserpool.cli.cookies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.client.host.CookieKeyFile;
import io.rserpool.engine.session.cookie.CookieKey;
import io.rserpool.engine.session.cookie.CookieKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CookieKeysCommandTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new CookieKeysCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, command, _) -> {
          command.getErr().println(failure.getMessage());
          return ((CommandFailure) failure).exitCode();
        })
        .execute(arguments);
  }

  @Test
  void fileIsCreatedRotatedAndShownWithoutItsKeys() throws IOException {
    Path path = folder.resolve("pool.keys");
    assertThat(run("create", path.toString())).isZero();
    assertThat(out.toString())
        .isEqualTo("created cookie keys " + path + ": version 1 seals" + System.lineSeparator());
    assertThat(run("rotate", path.toString(), "--after", "3600s")).isZero();
    assertThat(out.toString()).contains(path + ": version 2 seals from ");
    assertThat(run("show", path.toString())).isZero();
    assertThat(out.toString().lines().skip(2))
        .hasSize(3)
        .element(1)
        .asString()
        .matches("1 +\\d{4}-\\S+Z +\\d+ s +seals and opens");
    assertThat(out.toString().lines().toList().getLast()).matches("2 +\\d{4}-\\S+Z +- +opens");
    for (String line : Files.readAllLines(path)) {
      assertThat(out.toString()).doesNotContain(line.split(" ")[1]);
    }
  }

  @Test
  void mistakesAreNamed() {
    Path path = folder.resolve("pool.keys");
    assertThat(run("show", path.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("there is no such file");
    assertThat(run("create", path.toString())).isZero();
    assertThat(run("create", path.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("expected a new file, but it exists");
    assertThat(run("rotate", path.toString(), "--keep", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("option --keep is a number from 2 to 100, but this is 1");
  }

  @Test
  void agesAreRounded() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] secret = new byte[CookieKey.SIZE];
    random.nextBytes(secret);
    long nowMs = 200L * 86_400_000;
    CookieKeys keys =
        CookieKeys.of(
            List.of(
                new CookieKey(1, secret, 0),
                new CookieKey(2, secret, nowMs - 86_400_000),
                new CookieKey(3, secret, nowMs - 86_399_999),
                new CookieKey(4, secret, nowMs - 60_000),
                new CookieKey(5, secret, nowMs + 1)));
    CookieKeysCommand.show(keys, nowMs, new PrintWriter(out, true));
    assertThat(out.toString().lines())
        .containsExactly(
            "VERSION  SEALS FROM            AGE    NOW",
            "1        always                200 d  opens",
            "2        1970-07-19T00:00:00Z  1 d    opens",
            "3        1970-07-19T00:00:00Z  23 h   opens",
            "4        1970-07-19T23:59:00Z  1 min  seals and opens",
            "5        1970-07-20T00:00:00Z  -      opens");
  }

  @Test
  void ownFileIsInTheConfigurationDirectory() {
    assertThat(OwnKeyFile.path(Map.of("XDG_CONFIG_HOME", "/etc/mine", "HOME", "/home/a")))
        .isEqualTo(Path.of("/etc/mine/rserpool/cookie.keys"));
    for (Map<String, String> environment :
        List.of(
            Map.of("HOME", "/home/a"),
            Map.of("HOME", "/home/a", "XDG_CONFIG_HOME", ""),
            Map.of("HOME", "/home/a", "XDG_CONFIG_HOME", "relative"))) {
      assertThat(OwnKeyFile.path(environment))
          .isEqualTo(Path.of("/home/a/.config/rserpool/cookie.keys"));
    }
  }

  @Test
  void ownFileIsCreatedOnceAndThatIsSaidOnce() throws IOException {
    Path path = folder.resolve("config").resolve("cookie.keys");
    CookieKeys first = OwnKeyFile.open(path, new PrintWriter(err, true)).get();
    assertThat(err.toString().lines())
        .containsExactly(
            "created cookie keys "
                + path
                + ": this user's servers on this machine share them; copy the file for servers on"
                + " others");
    assertThat(OwnKeyFile.open(path, new PrintWriter(err, true)).get()).isEqualTo(first);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(CookieKeyFile.read(path)).isEqualTo(first);
    Files.writeString(path, "nonsense");
    assertThatThrownBy(() -> OwnKeyFile.open(path, new PrintWriter(err, true)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("line 1")
        .hasMessageContaining("--cookie-keys")
        .hasMessageContaining("--plain-cookies");
  }
}
