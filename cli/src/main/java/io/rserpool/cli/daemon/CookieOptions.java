package io.rserpool.cli.daemon;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.cookies.OwnKeyFile;
import io.rserpool.client.host.CookieKeyFile;
import io.rserpool.client.host.CookieKeyFileException;
import io.rserpool.client.host.Cookies;
import io.rserpool.protocol.Profile;
import io.rserpool.services.Services;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Says how a server's cookies travel.
final class CookieOptions {

  @Option(
      names = "--cookie-keys",
      paramLabel = "FILE",
      description =
          "The keys that seal cookies; the servers of a pool have the same. Default: a file of this"
              + " user, see above.")
  private @Nullable Path keys;

  @Option(
      names = "--plain-cookies",
      description = "Do not seal cookies: users can read and forge them. Needed beside rsplib.")
  private boolean isPlain;

  /// What was chosen for a service; a service without cookies needs no keys.
  Cookies of(String service, Profile profile, PrintWriter err) {
    Path given = keys;
    if (given != null && isPlain) {
      throw CommandFailure.mistaken(
          "options --cookie-keys and --plain-cookies exclude each other, but both are given");
    }
    if (given != null) {
      try {
        return Cookies.sealed(CookieKeyFile.open(given));
      } catch (CookieKeyFileException e) {
        throw CommandFailure.mistaken("option --cookie-keys: " + e.getMessage(), e);
      }
    }
    if (isPlain || profile == Profile.RSPLIB) {
      return Cookies.PLAIN;
    }
    return Services.usesCookies(service)
        ? Cookies.sealed(OwnKeyFile.open(OwnKeyFile.path(System.getenv()), err))
        : Cookies.Unsealed.UNDECIDED;
  }
}
