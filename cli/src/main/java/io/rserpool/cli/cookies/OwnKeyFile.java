package io.rserpool.cli.cookies;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.client.host.CookieKeyFile;
import io.rserpool.client.host.CookieKeyFileException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The file of cookie keys that all servers share which one user runs on one machine, unless told
/// otherwise.
public final class OwnKeyFile {

  private OwnKeyFile() {}

  /// Where it is: `rserpool/cookie.keys` in the user's configuration directory.
  ///
  /// @param environment the variables of the process
  public static Path path(Map<String, String> environment) {
    String configuration = environment.getOrDefault("XDG_CONFIG_HOME", "");
    // The specification has relative paths ignored.
    Path folder =
        configuration.isEmpty() || !Path.of(configuration).isAbsolute()
            ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "")))
                .resolve(".config")
            : Path.of(configuration);
    return folder.resolve("rserpool").resolve("cookie.keys");
  }

  /// Opens it, and creates it first if there is none, of which it tells.
  public static CookieKeyFile open(Path path, PrintWriter err) {
    try {
      if (!Files.exists(path)) {
        create(path, err);
      }
      return CookieKeyFile.open(path);
    } catch (CookieKeyFileException e) {
      throw CommandFailure.failed(
          e.getMessage()
              + ". Another file can be given with --cookie-keys; --plain-cookies does without, and"
              + " then users can read and forge cookies.",
          e);
    }
  }

  private static void create(Path path, PrintWriter err) {
    try {
      CookieKeyFile.create(path);
      err.println(
          "created cookie keys "
              + path
              + ": this user's servers on this machine share them; copy the file for servers on"
              + " others");
    } catch (CookieKeyFileException e) {
      // Another server may have been faster.
      if (!Files.exists(path)) {
        throw e;
      }
    }
  }
}
