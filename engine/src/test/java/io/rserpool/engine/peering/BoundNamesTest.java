package io.rserpool.engine.peering;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.ServerId;
import org.junit.jupiter.api.Test;

/// To whom server identifiers belong.
class BoundNamesTest {

  private static final ServerId FIRST = ServerId.of(1);

  private final BoundNames names = new BoundNames();

  @Test
  void identifierBelongsToWhoUsedItFirst() {
    assertThat(names.ownerOf(FIRST)).isEmpty();
    assertThat(names.belongsTo(FIRST, "a")).isTrue();
    assertThat(names.belongsTo(FIRST, "b")).isFalse();
    assertThat(names.belongsTo(FIRST, "a")).isTrue();
    assertThat(names.ownerOf(FIRST)).isEqualTo("a");
  }

  @Test
  void identityHasItsLastIdentifiersAndPushesOutNobodyElses() {
    names.belongsTo(FIRST, "a");
    for (int i = 2; i <= 100_000; i++) {
      assertThat(names.belongsTo(ServerId.of(i), "b")).isTrue();
    }
    assertThat(names.ownerOf(FIRST)).isEqualTo("a");
    assertThat(names.ownerOf(ServerId.of(100_000))).isEqualTo("b");
    assertThat(names.ownerOf(ServerId.of(99_985))).isEqualTo("b");
    assertThat(names.ownerOf(ServerId.of(99_984))).as("the seventeenth last").isEmpty();
  }

  @Test
  void identitiesAreLimitedInNumber() {
    for (int i = 1; i <= 1_001; i++) {
      names.belongsTo(ServerId.of(i), "r" + i);
    }
    assertThat(names.ownerOf(FIRST)).isEmpty();
    assertThat(names.ownerOf(ServerId.of(2))).isEqualTo("r2");
  }
}
