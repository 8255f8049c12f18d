package io.rserpool.bench.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Profile;
import org.junit.jupiter.api.Test;

class QuietScopeTest {

  private static final long TIME_NS = 2_000_000_000;

  @Test
  void eachOtherRegistrarIsToldOnceOfARegistration() {
    QuietScope scope = new QuietScope(Profile.STANDARD, 4, 6, 1, false);
    QuietScope same = new QuietScope(Profile.STANDARD, 4, 6, 1, false);
    Account cost = scope.after(Operation.REGISTRATION, TIME_NS).minus(same.rest(TIME_NS));
    assertThat(cost.peers().messages()).isEqualTo(3);
    assertThat(cost.members().messages()).isEqualTo(2);
    assertThat(scope.elements()).hasSize(4).containsOnly(6);
  }

  @Test
  void twoScopesOfTheSameSeedSendTheSame() {
    assertThat(new QuietScope(Profile.STANDARD, 3, 6, 7, true).after(Operation.CHANGE, TIME_NS))
        .isEqualTo(
            new QuietScope(Profile.STANDARD, 3, 6, 7, true).after(Operation.CHANGE, TIME_NS));
  }

  @Test
  void reRegistrationsThatChangeNothingCostThePeersNothing() {
    assertThat(new QuietScope(Profile.STANDARD, 3, 6, 1, true).renewal().peers())
        .isEqualTo(Cost.NOTHING);
  }
}
