package io.rserpool.bench.takeover;

import io.rserpool.bench.requests.Loops;
import io.rserpool.cli.logging.LogLevel;
import io.rserpool.protocol.Profile;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// Kills and freezes a home registrar, and elements, of a scope with some registrars, and prints when
/// everybody has drawn the consequences. Each measurement has a time limit of its own.
///
/// Arguments: profiles (standard rsplib rfc), and the number of registrars (3).
public final class Takeover {

  private Takeover() {}

  /// Runs everything and prints what was seen.
  public static void main(String[] args) throws IOException, InterruptedException {
    LogLevel.ERROR.choose();
    int count =
        Stream.of(args)
            .filter(Takeover::isNumber)
            .mapToInt(Integer::parseInt)
            .findFirst()
            .orElse(3);
    List<Profile> named =
        Stream.of(args).filter(arg -> !isNumber(arg)).map(Profile::parse).toList();
    List<Profile> profiles =
        named.isEmpty() ? List.of(Profile.STANDARD, Profile.RSPLIB, Profile.RFC) : named;
    System.out.printf(
        "%s, JDK %s, %d processors; %d elements%n",
        Loops.describe(),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        Stage.ELEMENTS);
    for (Profile profile : profiles) {
      new Trials(profile, count).run();
    }
    System.out.println(
        """

        For orientation, from elsewhere and not measured here: rsplib itself (in C, over SCTP), with its
        default timers and three registrars, needs 8.4 to 8.6 s to begin a takeover and 8.6 to 10.1 s to
        complete it, and with two registrars never completes one; a frozen element is gone after 7 to
        9.4 s. Its timers are those of profile rsplib.
        """);
  }

  private static boolean isNumber(String arg) {
    return arg.chars().allMatch(Character::isDigit);
  }
}
