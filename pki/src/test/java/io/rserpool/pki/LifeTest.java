package io.rserpool.pki;

import static io.rserpool.pki.Fixtures.NOW;
import static io.rserpool.pki.Fixtures.TEN_YEARS;
import static io.rserpool.pki.Fixtures.WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LifeTest {

  @TempDir private Path folder;

  private Life life(Duration length) {
    return Fixtures.authority(folder)
        .issue(Role.USER, "u", List.of(), length, NOW)
        .summary()
        .life();
  }

  @Test
  void useIsReckonedFromTheMomentOfIssueNotFromWhereItWasDatedBackTo() {
    Life life = life(Duration.ofHours(3));
    assertThat(life.validFrom()).isEqualTo(NOW.minusSeconds(300));
    assertThat(life.issued()).isEqualTo(NOW);
    assertThat(life.length()).isEqualTo(Duration.ofHours(3));
    assertThat(life.renewsAt()).isEqualTo(NOW.plus(Duration.ofHours(2)));
    assertThat(life.usedShare(NOW.minusSeconds(10))).isZero();
    assertThat(life.usedShare(NOW)).isZero();
    assertThat(life.usedShare(NOW.plus(Duration.ofMinutes(90)))).isEqualTo(0.5);
    assertThat(life.usedShare(NOW.plus(WEEK))).isEqualTo(1);
    assertThat(life.left(NOW)).isEqualTo(Duration.ofHours(3));
    assertThat(life.left(NOW.plus(Duration.ofHours(4)))).isEqualTo(Duration.ofHours(-1));
  }

  @Test
  void phaseChangesAtTheVeryMoment() {
    Life life = life(WEEK);
    Duration tick = Duration.ofMillis(1);
    for (Change change :
        List.of(
            new Change(NOW.minusSeconds(300), Life.Phase.NOT_YET_VALID, Life.Phase.VALID),
            new Change(NOW.plusSeconds(403_200), Life.Phase.VALID, Life.Phase.RENEW),
            new Change(NOW.plus(WEEK).plus(tick), Life.Phase.RENEW, Life.Phase.EXPIRED))) {
      assertThat(life.phase(change.at().minus(tick))).isEqualTo(change.before());
      assertThat(life.phase(change.at())).isEqualTo(change.after());
      assertThat(life.phase(change.at().plus(tick))).isEqualTo(change.after());
    }
  }

  private record Change(Instant at, Life.Phase before, Life.Phase after) {}

  @Test
  void lifeOfSecondsIsNotUsedUpWhenItBegins() {
    Life life = life(Duration.ofSeconds(3));
    assertThat(life.phase(NOW)).isEqualTo(Life.Phase.VALID);
    assertThat(life.renewsAt()).isEqualTo(NOW.plusSeconds(2));
  }

  @Test
  void authorityIsToBeReplacedWhenNineTenthsOfItsLifeAreOver() {
    Life life = Fixtures.authority(folder).life();
    assertThat(life.length()).isEqualTo(TEN_YEARS);
    assertThat(life.renewsAt()).isEqualTo(NOW.plus(Duration.ofDays(3285)));
  }

  @Test
  void certificateOfOthersMayLastShorterThanOursAreDatedBack() {
    SecureRandom random = new SecureRandom();
    KeyPair keys = Keys.make(random);
    Life life =
        Life.of(
            new CertificateMaker(random)
                .authority("short", "rserpool://s", keys, NOW, NOW.plusSeconds(100)));
    assertThat(life.issued()).isEqualTo(NOW);
    assertThat(life.length()).isEqualTo(Duration.ofSeconds(100));
    assertThat(life.usedShare(NOW.plusSeconds(50))).isEqualTo(0.5);
  }
}
