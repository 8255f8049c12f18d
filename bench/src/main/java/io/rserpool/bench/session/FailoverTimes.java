package io.rserpool.bench.session;

import io.rserpool.bench.requests.Loops;
import io.rserpool.cli.logging.LogLevel;
import io.rserpool.protocol.Profile;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// Kills, freezes and cuts off the server of a session that asks something every few milliseconds, and
/// prints when another server has answered; beside it a bare socket with a list of servers.
///
/// Arguments: profiles (standard rsplib rfc), and the number of trials, if it is not to depend on the
/// profile.
public final class FailoverTimes {

  private FailoverTimes() {}

  /// Runs everything and prints what was seen.
  public static void main(String[] args) throws IOException, InterruptedException {
    LogLevel.ERROR.choose();
    int trials =
        Stream.of(args)
            .filter(FailoverTimes::isNumber)
            .mapToInt(Integer::parseInt)
            .findFirst()
            .orElse(0);
    List<Profile> named =
        Stream.of(args).filter(arg -> !isNumber(arg)).map(Profile::parse).toList();
    List<Profile> profiles =
        named.isEmpty() ? List.of(Profile.STANDARD, Profile.RSPLIB, Profile.RFC) : named;
    System.out.printf(
        "%s, JDK %s, %d processors; one registrar and %d servers, each a process%n",
        Loops.describe(),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        FailoverTrials.SERVERS);
    if (CutNetwork.isPossible()) {
      CutNetwork.build();
    } else {
      System.out.println("skipped: cut off (needs root, ip and unshare of Linux)");
    }
    for (Profile profile : profiles) {
      System.out.printf("%nprofile %s%n", profile);
      try (Stage stage = stage(profile)) {
        new FailoverTrials(stage, profile, trials).run();
      }
    }
    System.out.println("\nwithout a pool");
    try (Stage stage = stage(Profile.STANDARD)) {
      new FailoverTrials(stage, Profile.STANDARD, trials).runWithoutPool();
    }
    System.out.println(
        """

        A bare socket is told of a killed process by its system, and of nothing else: beside a frozen or
        cut-off server it waits for ever, unless it has time-outs of its own. So do the clients of rsplib
        beside a frozen server, of which there are no figures for that reason.
        """);
    System.exit(0);
  }

  private static Stage stage(Profile profile) throws IOException {
    return new Stage(profile, CutNetwork.isPossible() ? CutNetwork.HERE : "127.0.0.1", "rr");
  }

  private static boolean isNumber(String arg) {
    return arg.chars().allMatch(Character::isDigit);
  }
}
