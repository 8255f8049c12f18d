package io.rserpool.engine.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Registrars die, pause, restart and lose their links as chance has it; when all is well again, all
/// of them soon agree with each other and with the elements.
class PeerScopeRandomTest {

  private static final int SEEDS = 40;
  private static final int STEPS = 25;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void whateverHappensAllAgreeInTheEnd(Profile profile) {
    String seed = System.getProperty("rserpool.seed");
    long first = seed == null ? 1 : Long.parseLong(seed);
    long last = seed == null ? SEEDS : first;
    for (long number = first; number <= last; number++) {
      Optional<String> trouble = play(profile, number).trouble();
      assertThat(trouble)
          .as(
              "profile %s seed %d; replay: mvn -pl engine -am test -Dtest=PeerScopeRandomTest"
                  + " -Drserpool.seed=%d",
              profile, number, number)
          .isEmpty();
    }
  }

  @Test
  void theSameSeedGivesTheSameCourse() {
    PeerScope one = play(Profile.STANDARD, 3);
    PeerScope other = play(Profile.STANDARD, 3);
    assertThat(one.sent()).isEqualTo(other.sent()).isGreaterThan(1_000);
  }

  private static PeerScope play(Profile profile, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int count = 2 + random.nextInt(4);
    PeerScope scope = PeerScope.of(profile, count);
    for (int n = 1; n <= 8; n++) {
      scope.joins(n, 1 + random.nextInt(count), random.nextBoolean());
    }
    for (int step = 0; step < STEPS; step++) {
      scope.passMs(random.nextInt(3) == 0 ? random.nextInt(6_000) : random.nextInt(300));
      disturb(scope, count, random);
    }
    scope.heals();
    for (int n = 1; n <= count; n++) {
      if (scope.registrar(n).isDead()) {
        restart(scope, n, count, random);
      }
      scope.thaws(n);
    }
    return scope.passMs(profile == Profile.STANDARD ? 30_000 : 400_000);
  }

  private static void disturb(PeerScope scope, int count, SplittableRandom random) {
    int n = 1 + random.nextInt(count);
    PeerScopeRegistrar registrar = scope.registrar(n);
    switch (random.nextInt(6)) {
      case 0 -> {
        if (!registrar.isDead() && scope.living().count() > 1) {
          scope.kills(n);
        }
      }
      case 1 -> {
        if (registrar.isDead()) {
          restart(scope, n, count, random);
        }
      }
      case 2 -> scope.freezes(n);
      case 3 -> scope.thaws(n);
      case 4 -> scope.cuts(n, 1 + n % count);
      default -> scope.heals();
    }
  }

  private static void restart(PeerScope scope, int n, int count, SplittableRandom random) {
    List<Endpoint> peers = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      if (i != n) {
        peers.add(Endpoint.of(Endpoint.Scheme.TCP, PeerScopeRegistrar.host(i), 9_901));
      }
    }
    scope.starts(n, ServerId.of(1 + random.nextInt(Integer.MAX_VALUE)), peers);
  }
}
