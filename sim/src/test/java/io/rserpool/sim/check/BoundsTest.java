package io.rserpool.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Profile;
import org.junit.jupiter.api.Test;

class BoundsTest {

  private static final long S = 1_000_000_000;

  private static Bounds of(Profile profile) {
    return MadeUp.bounds(profile, 3);
  }

  /// What the profile promises on links that are quick: 1.95 s with the brake, a last call if the
  /// association breaks just then, and a little for the news; a registrar taken over in two seconds; its elements called within one more.
  @Test
  void standardIsAsQuickAsItsPromises() {
    assertThat(of(Profile.STANDARD).detectionNs()).isBetween(1_950 * MadeUp.MS, 2_500 * MadeUp.MS);
    assertThat(of(Profile.STANDARD).takeoverNs()).isBetween(1_950 * MadeUp.MS, 2_200 * MadeUp.MS);
    assertThat(of(Profile.STANDARD).adoptionNs()).isLessThan(3_300 * MadeUp.MS);
  }

  @Test
  void rsplibDetectsWithinTwoKeepAlives() {
    assertThat(of(Profile.RSPLIB).detectionNs()).isBetween(10 * S, 11 * S);
    assertThat(of(Profile.RSPLIB).takeoverNs()).isBetween(20 * S, 21 * S);
  }

  @Test
  void rfcDetectsWithinOneAndAHalfIntervalsAndTheWait() {
    assertThat(of(Profile.RFC).detectionNs()).isBetween(50 * S, 52 * S);
    assertThat(of(Profile.RFC).takeoverNs()).isBetween(126 * S, 127 * S);
  }

  @Test
  void settlingCoversEveryOtherBound() {
    for (Profile profile : Profile.values()) {
      Bounds bounds = of(profile);
      assertThat(bounds.settleNs())
          .isGreaterThan(bounds.aftermathNs() + bounds.adoptionNs() + bounds.homeSilenceNs());
    }
  }
}
