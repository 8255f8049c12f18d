package io.rserpool.bench.session;

import io.rserpool.bench.requests.Loops;
import io.rserpool.cli.logging.LogLevel;
import io.rserpool.client.SessionOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Thousands of sessions on four servers, or all on one, lose their server at once. Prints how long it
/// takes until they have another one, and what that costs everybody.
///
/// Arguments: sessions (10000), pool users (10), stampedes (all there are), and policies (rr rand lu)
/// for the herd on one server that is killed.
public final class Herd {

  private static final int SESSIONS = 10_000;
  private static final int USERS = 10;
  private static final String QUARTER_KILLED = "quarter-killed";
  private static final String QUARTER_FROZEN = "quarter-frozen";
  private static final String ALL_KILLED = "all-killed";
  private static final String ALL_FROZEN = "all-frozen";
  private static final List<String> STAMPEDES =
      List.of(QUARTER_KILLED, QUARTER_FROZEN, ALL_KILLED, ALL_FROZEN);

  private final int sessions;
  private final int users;

  private Herd(int sessions, int users) {
    this.sessions = sessions;
    this.users = users;
  }

  /// Runs everything and prints what was seen.
  public static void main(String[] args) throws IOException, InterruptedException {
    LogLevel.ERROR.choose();
    List<Integer> numbers =
        List.of(args).stream().filter(Herd::isNumber).map(Integer::valueOf).toList();
    List<String> named = List.of(args).stream().filter(STAMPEDES::contains).toList();
    List<String> policies =
        List.of(args).stream().filter(arg -> !isNumber(arg) && !named.contains(arg)).toList();
    Herd herd =
        new Herd(
            numbers.isEmpty() ? SESSIONS : numbers.getFirst(),
            numbers.size() < 2 ? USERS : numbers.get(1));
    System.out.printf(
        "%s, JDK %s, %d processors; %d sessions of %d pool users, %d servers, %s%n",
        Loops.describe(),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        herd.sessions,
        herd.users,
        HerdRun.SERVERS,
        CutNetwork.isPossible() ? "a network of its own" : "the machine's network");
    herd.warm();
    for (String stampede : named.isEmpty() ? STAMPEDES : named) {
      herd.run(stampede, policies.isEmpty() ? List.of("rr", "rand", "lu") : policies);
    }
    System.exit(0);
  }

  /// So that nothing that counts is the first of its kind in this program.
  private void warm() throws IOException, InterruptedException {
    new HerdRun(sessions / 10, users, "rr", Harm.KILL, false, SessionOptions.defaults()).run(false);
  }

  private void run(String stampede, List<String> policies)
      throws IOException, InterruptedException {
    boolean isAllOnOne = stampede.equals(ALL_KILLED) || stampede.equals(ALL_FROZEN);
    Harm harm =
        stampede.equals(QUARTER_KILLED) || stampede.equals(ALL_KILLED) ? Harm.KILL : Harm.FREEZE;
    for (String policy : stampede.equals(ALL_KILLED) ? policies : List.of("rr")) {
      new HerdRun(sessions, users, policy, harm, isAllOnOne, SessionOptions.defaults()).run(true);
    }
    if (harm == Harm.FREEZE) {
      System.out.println("\nand with moves at once (moveSpread=0):");
      SessionOptions atOnce = SessionOptions.builder().moveSpread(Duration.ZERO).build();
      new HerdRun(sessions, users, "rr", harm, isAllOnOne, atOnce).run(true);
    }
  }

  private static boolean isNumber(String arg) {
    return arg.chars().allMatch(Character::isDigit);
  }
}
