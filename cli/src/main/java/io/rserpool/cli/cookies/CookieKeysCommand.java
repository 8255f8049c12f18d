package io.rserpool.cli.cookies;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.Table;
import io.rserpool.cli.console.TimeConverter;
import io.rserpool.client.host.CookieKeyFile;
import io.rserpool.client.host.CookieKeyFileException;
import io.rserpool.engine.session.cookie.CookieKey;
import io.rserpool.engine.session.cookie.CookieKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes, rotates and shows files of cookie keys.
@Command(
    name = "cookie-keys",
    header = "Make, rotate or show the keys that seal cookies.",
    description = {
      "Servers hand their clients cookies, with which another server of the pool can go on with a"
          + " session. The servers of a pool share keys, so that clients can neither read nor forge"
          + " them. A file has a line for each key, 'version key time'; only its owner may read it.",
      "",
      "  create   makes a file with one new key",
      "  rotate   adds a new key, which seals after a while, and drops the oldest; running servers",
      "           notice it within a second. With several machines: --after 1h, and copy the file",
      "           within that time",
      "  show     prints versions and ages, never keys"
    },
    footer = {
      "",
      "Example:",
      "  $ rserpool cookie-keys create pool.keys",
      "  created cookie keys pool.keys: version 1 seals",
      "",
      "  $ rserpool serve pingpong --cookie-keys pool.keys"
    })
public final class CookieKeysCommand implements Callable<Integer> {

  /// What can be done with a file.
  enum Action {
    CREATE,
    ROTATE,
    SHOW
  }

  @Parameters(index = "0", paramLabel = "ACTION", description = "create, rotate or show.")
  private Action action = Action.SHOW;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "Default: the file that this user's servers share, rserpool/cookie.keys in the configuration"
              + " directory ($XDG_CONFIG_HOME or ~/.config).")
  private @Nullable Path file;

  @Option(
      names = "--after",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      defaultValue = "60s",
      description =
          "How long a new key of a rotation only opens, until all servers have it, such as 3600s."
              + " Default: ${DEFAULT-VALUE}.")
  private Duration after = Duration.ofMinutes(1);

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How many keys a rotation keeps; cookies of older ones are refused. Default:"
              + " ${DEFAULT-VALUE}.")
  private int keep;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public CookieKeysCommand() {}

  @Override
  public Integer call() {
    Path given = file;
    Path path = given == null ? OwnKeyFile.path(System.getenv()) : given;
    PrintWriter out = spec.commandLine().getOut();
    try {
      switch (action) {
        case CREATE -> {
          CookieKeyFile.create(path);
          out.printf("created cookie keys %s: version 1 seals%n", path);
        }
        case ROTATE -> rotate(path, out);
        case SHOW -> show(CookieKeyFile.read(path), System.currentTimeMillis(), out);
      }
    } catch (CookieKeyFileException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
    }
    return ExitCode.OK;
  }

  private void rotate(Path path, PrintWriter out) {
    if (keep < 2 || keep > CookieKeys.KEYS_MAX) {
      throw CommandFailure.mistaken(
          "option --keep is a number from 2 to %d, but this is %d"
              .formatted(CookieKeys.KEYS_MAX, keep));
    }
    CookieKey newest = CookieKeyFile.rotate(path, after, keep).all().getLast();
    out.printf(
        "rotated cookie keys %s: version %d seals from %s on%n",
        path, newest.version(), time(newest));
  }

  static void show(CookieKeys keys, long nowMs, PrintWriter out) {
    Table table = new Table("VERSION", "SEALS FROM", "AGE", "NOW");
    long sealing = keys.sealing(nowMs).version();
    for (CookieKey key : keys.all()) {
      table.add(
          String.valueOf(key.version()),
          time(key),
          age(Duration.ofMillis(nowMs - key.sealsFromMs())),
          key.version() == sealing ? "seals and opens" : "opens");
    }
    table.print(out, "");
  }

  private static String time(CookieKey key) {
    return key.sealsFromMs() == 0
        ? "always"
        : Instant.ofEpochMilli(key.sealsFromMs()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String age(Duration age) {
    if (age.isNegative()) {
      return "-";
    }
    return age.toDays() > 0
        ? age.toDays() + " d"
        : age.toHours() > 0
            ? age.toHours() + " h"
            : age.toMinutes() > 0 ? age.toMinutes() + " min" : age.toSeconds() + " s";
  }
}
