package io.rserpool.sim.mutation;

import static io.rserpool.sim.mutation.Mutation.call;
import static io.rserpool.sim.mutation.Mutation.result;
import static io.rserpool.sim.mutation.Mutation.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The simulation finds bugs: each of these is planted in the production code, and an invariant is
/// violated within so many seeds. Without it, the seed that found it is a good one.
/// `-Drserpool.seed=N` begins with another seed.
class MutationTest {

  private static final int SEEDS = 200;
  private static final String PEER_TABLE = "engine.registrar.PeerTable";
  private static final String INCOMING = "engine.registrar.PeerTable$Incoming";
  private static final String TAKEOVERS = "engine.peering.Takeovers";
  private static final String UPDATES = "engine.registrar.Updates";

  private static final Mutation SMALL_PAGES =
      write(PEER_TABLE, "<init>", "elementsMax", "smallPage");

  static List<Bug> bugs() {
    return List.of(
        Bug.of(
            "the arbitration of a takeover is inverted at registrars with odd identifiers",
            "crashes",
            "STANDARD",
            result(TAKEOVERS, "yieldsTo", "invertedWhereOdd")),
        Bug.of(
            "a takeover does not wait for acknowledgements",
            "crashes",
            "STANDARD",
            call(TAKEOVERS, "winIfAllAgree", "isEmpty", "yes")),
        Bug.of(
            "a takeover is not told to anybody",
            "crashes",
            "STANDARD",
            call(TAKEOVERS, "win", "announce", "nothing")),
        Bug.of(
            "the elements of a registrar that was taken over are not called",
            "crashes",
            "STANDARD",
            call("engine.registrar.Adoption", "adopt", "isCallable", "no")),
        Bug.of(
                "an element ignores the H flag of keep-alives",
                "two-registrars",
                "RFC",
                call("engine.element.Homes", "keepAlive", "home", "no"))
            .within(1_000),
        Bug.of(
            "a table purges what is not in it, whosever it is and however new",
            "crashes",
            "STANDARD",
            call(INCOMING, "<init>", "owned", "allElements"),
            call(INCOMING, "mayGo", "equals", "isElsewhere"),
            call(INCOMING, "mayGo", "lastChange", "longAgo"),
            call(INCOMING, "mayGo", "isUnsettled", "neverSo")),
        Bug.of(
            "a registrar serves before it has anybody's table",
            "crashes",
            "STANDARD",
            call("engine.peering.Startup", "start", "isEmpty", "yes")),
        Bug.of(
                "the cursor of a table is one element too far",
                "crashes",
                "STANDARD",
                call(PEER_TABLE, "piece", "extractOwned", "oneTooFar"))
            .where(SMALL_PAGES),
        Bug.of(
            "a checksum drops its carries when an element goes",
            "crashes",
            "RSPLIB",
            write("engine.handlespace.Owner", "remove", "sum", "sixteenBits")),
        Bug.of(
            "a checksum keeps the elements that are gone",
            "crashes",
            "STANDARD",
            call("engine.handlespace.Owner", "remove", "checksumWords", "noWords")),
        Bug.of(
            "peers are not told of a new policy",
            "churn",
            "STANDARD",
            call(UPDATES, "renewed", "add", "nothing")),
        Bug.of(
            "peers are not told of elements that are gone",
            "crashes",
            "STANDARD",
            call(UPDATES, "removed", "tellGone", "nothingOfTwo")),
        Bug.of(
            "users are not told of elements that are gone",
            "churn",
            "STANDARD",
            call("engine.registrar.Subscriptions", "removed", "changed", "nothing")));
  }

  static List<Bug> sessionBugs() {
    return SessionBugs.all();
  }

  static List<Bug> securityBugs() {
    return SecurityBugs.all();
  }

  private static long firstSeed() {
    return Long.getLong("rserpool.seed", 20_260_101);
  }

  @ParameterizedTest
  @MethodSource({"bugs", "sessionBugs", "securityBugs"})
  void simulationFindsPlantedBug(Bug bug) {
    LongFunction<String> mutant = Trial.of(bug, true);
    long seed = firstSeed();
    String violation = mutant.apply(seed);
    while (violation.isEmpty() && seed < firstSeed() + SEEDS - 1) {
      seed++;
      violation = mutant.apply(seed);
    }
    String where =
        "in %s %s, seeds from %d on".formatted(bug.scenario(), bug.profile(), firstSeed());
    assertThat(violation)
        .as("a violation after at most %d seeds %s, since %s", SEEDS, where, bug)
        .isNotEmpty();
    assertThat(Trial.of(bug, false).apply(seed))
        .as("no violation in %s %s seed %d without a bug", bug.scenario(), bug.profile(), seed)
        .isEmpty();
    System.out.printf(
        Locale.ROOT,
        "planted: %s%n  found after %d seeds %s: %s%n",
        bug,
        seed - firstSeed() + 1,
        where,
        violation);
  }

  @Test
  void bugWhoseInstructionIsGoneDoesNotPassUnnoticed() {
    Bug bug = Bug.of("", "calm", "STANDARD", call(TAKEOVERS, "win", "celebrate", "nothing"));
    assertThatThrownBy(() -> Trial.of(bug, true))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("is gone")
        .hasMessageContaining("io.rserpool.engine.peering.Takeovers.win")
        .hasMessageContaining("celebrate");
  }

  @Test
  void bugWhoseClassIsGoneDoesNotPassUnnoticed() {
    Bug bug = Bug.of("", "calm", "STANDARD", call("engine.Elsewhere", "win", "equals", "nothing"));
    assertThatThrownBy(() -> Trial.of(bug, true))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("is gone")
        .hasMessageContaining("io.rserpool.engine.Elsewhere");
  }
}
