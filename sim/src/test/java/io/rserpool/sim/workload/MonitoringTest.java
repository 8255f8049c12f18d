package io.rserpool.sim.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.registrar.DeathSource;
import io.rserpool.engine.registrar.RegistrarSetting;
import io.rserpool.engine.registrar.RegistrarSettings;
import io.rserpool.protocol.Profile;
import io.rserpool.sim.network.LinkSettings;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What `docs` promise of monitoring in profile `standard`, measured with the real engines in
/// virtual
/// time. A failure prints the seed; `-Drserpool.seed=N` runs with that one.
class MonitoringTest {

  private static final long NS_PER_S = 1_000_000_000;
  private static final long ROUND_TRIP_NS = 2_000_000;
  private static final double NS_PER_DAY = 86_400e9;
  private static final int ELEMENTS = 20;

  /// What the arithmetic assumes; the registrar sends more, see
  /// [RegistrarSetting#KEEP_ALIVE_PROBES].
  private static final int PROBES = 5;

  private static final double LOSS = 0.01;

  private static long seed() {
    return Long.getLong("rserpool.seed", 20_260_101);
  }

  private static String replay(long seed) {
    return "replay: mvn -pl sim -am test -Dtest=MonitoringTest -Drserpool.seed=" + seed;
  }

  private static OneRegistrar system(long seed, int elements, LinkSettings links) {
    return new OneRegistrar(
        seed, Profile.STANDARD, RegistrarSettings.forProfile(Profile.STANDARD), elements, links);
  }

  @Test
  void silentElementIsRemovedAfterThreeQuartersOfASecondAtTwoMessagesASecond() {
    int trials = 2_000;
    double sumS = 0;
    double worstS = 0;
    long messages = 0;
    double livedS = 0;
    SplittableRandom seeds = new SplittableRandom(seed());
    for (int i = 0; i < trials; i++) {
      long seed = seeds.nextLong();
      OneRegistrar system = system(seed, 1, LinkSettings.repaired(ROUND_TRIP_NS / 2, LOSS));
      system.run(3 * NS_PER_S);
      long before = system.messages();
      long settledNs = system.nowNs();
      system.run(10 * NS_PER_S + Math.floorMod(seed, NS_PER_S));
      messages += system.messages() - before;
      livedS += (system.nowNs() - settledNs) / (double) NS_PER_S;
      long silentNs = system.nowNs();
      system.freeze(0);
      system.run(2 * NS_PER_S);
      List<OneRegistrar.Removal> removals = system.removals();
      assertThat(removals).as(replay(seed())).hasSize(1);
      assertThat(removals.getFirst().event().source()).isEqualTo(DeathSource.KEEP_ALIVE);
      double tookS = (removals.getFirst().atNs() - silentNs) / (double) NS_PER_S;
      sumS += tookS;
      worstS = Math.max(worstS, tookS);
    }
    double meanS = sumS / trials;
    double rate = messages / livedS;
    System.out.printf(
        "silent elements: removed after %.3f s on average, %.3f s at worst; %.3f messages/s%n",
        meanS, worstS, rate);
    // The time to the next keep-alive is uniform over a second: four standard errors.
    assertThat(meanS).as(replay(seed())).isBetween(0.75 - 0.03, 0.75 + 0.03);
    assertThat(worstS).as(replay(seed())).isLessThan(1.3 + ROUND_TRIP_NS / (double) NS_PER_S);
    // Two messages of monitoring, a tenth for renewals, and the probes after losses.
    assertThat(rate).as(replay(seed())).isLessThan(2.0 + 0.1 + 0.1);
  }

  @Test
  void livingElementsAreNotRemovedOverLinksThatLoseOnePercent() {
    double days = 20;
    OneRegistrar system = system(seed(), ELEMENTS, LinkSettings.repaired(ROUND_TRIP_NS / 2, LOSS));
    system.run((long) (days * NS_PER_DAY / ELEMENTS));
    double allowed = new FalseRemovalArithmetic(LOSS, PROBES, NS_PER_S).removals(days / 365.25);
    System.out.printf(
        "%.0f element-days with 1 %% loss: removals %d, arithmetic %.2g%n",
        days, system.removals().size(), allowed);
    assertThat(system.removals()).as(replay(seed())).isEmpty();
  }

  /// Losses of 3 % make in a month what 1 % makes in decades: with five probes at 40 ms, 4.4
  /// removals
  /// were to be expected here.
  @Test
  void livingElementsAreNotRemovedOverLinksThatLoseThreePercent() {
    double days = 40;
    OneRegistrar system = system(seed(), ELEMENTS, LinkSettings.repaired(ROUND_TRIP_NS / 2, 0.03));
    system.run((long) (days * NS_PER_DAY / ELEMENTS));
    assertThat(system.removals()).as(replay(seed())).isEmpty();
  }

  /// Where what is lost stays lost, all is as the arithmetic assumes, so that both must agree. The
  /// association is lost, too, when the answer to a registration is; those removals do not count
  /// here.
  @Test
  void arithmeticIsRightWhereNothingIsRepaired() {
    double days = 10;
    double loss = 0.1;
    RegistrarSettings settings =
        RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
            .set(RegistrarSetting.KEEP_ALIVE_PROBES, PROBES)
            .set(RegistrarSetting.KEEP_ALIVE_GAP_MIN, Duration.ofMillis(40))
            .build();
    LinkSettings links = LinkSettings.unrepaired(ROUND_TRIP_NS / 2, loss);
    OneRegistrar system = new OneRegistrar(seed(), Profile.STANDARD, settings, ELEMENTS, links);
    system.run((long) (days * NS_PER_DAY / ELEMENTS));
    long removals =
        system.removals().stream()
            .filter(removal -> removal.event().source() == DeathSource.KEEP_ALIVE)
            .count();
    double expected = new FalseRemovalArithmetic(loss, PROBES, NS_PER_S).removals(days / 365.25);
    System.out.printf(
        "%.0f element-days with 10 %% loss, nothing repaired: removals %d, arithmetic %.1f%n",
        days, removals, expected);
    // Counts of rare events scatter by the root of their number; four times that.
    double scatter = 4 * Math.sqrt(expected);
    assertThat((double) removals)
        .as(replay(seed()))
        .isBetween(expected - scatter, expected + scatter);
  }

  @Test
  void sameSeedGivesTheSameHistory() {
    LinkSettings links = LinkSettings.repaired(ROUND_TRIP_NS / 2, 0.2);
    OneRegistrar one = system(seed(), ELEMENTS, links);
    OneRegistrar other = system(seed(), ELEMENTS, links);
    one.run(1_000 * NS_PER_S);
    other.run(1_000 * NS_PER_S);
    assertThat(one.removals()).as(replay(seed())).isNotEmpty().isEqualTo(other.removals());
    assertThat(one.messages()).isEqualTo(other.messages());
  }
}
