package io.rserpool.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Policy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LoadsTest {

  private static final long FULL = Policy.FULL;

  @Test
  void sumsStopAtOneHundredPercent() {
    assertThat(Loads.sum(FULL, 1)).isEqualTo(FULL);
    assertThat(Loads.sum(FULL, FULL)).isEqualTo(FULL);
    assertThat(Loads.sum(FULL - 1, 1)).isEqualTo(FULL);
    assertThat(Loads.sum(FULL - 2, 1)).isEqualTo(FULL - 1);
  }

  @Test
  void productsStopAtOneHundredPercent() {
    assertThat(Loads.times(FULL, FULL)).isEqualTo(FULL);
    assertThat(Loads.times(FULL, 1)).isEqualTo(FULL);
    assertThat(Loads.times(FULL, 0)).isZero();
    assertThat(Loads.times(0, FULL)).isZero();
    assertThat(Loads.times(0x1_0000L, 0xffff)).isEqualTo(0xffff_0000L);
    assertThat(Loads.times(0x1_0000L, 0x1_0000L)).isEqualTo(FULL);
  }

  @Test
  void whatIsLeftIsNeverBelowTheMinimum() {
    assertThat(Loads.left(FULL, 0)).isZero();
    assertThat(Loads.left(FULL, 1)).isEqualTo(1);
    assertThat(Loads.left(FULL - 5, 1)).isEqualTo(5);
  }

  @Test
  void distanceTakesItsShareOfTheWeight() {
    long half = FULL / 2;
    assertThat(Loads.distant(100, 0, FULL)).isEqualTo(100);
    assertThat(Loads.distant(100, half, 0)).isEqualTo(100);
    assertThat(Loads.distant(100, half, 1)).isEqualTo(50);
    assertThat(Loads.distant(100, FULL, 1)).isZero();
    assertThat(Loads.distant(100, half, 3)).isEqualTo(1);
    assertThat(Loads.distant(FULL, FULL, FULL)).isEqualTo(1);
    assertThat(Loads.distant(0, FULL, FULL)).isZero();
  }

  @Test
  void distantWeightsAreThoseOfExactArithmetic() {
    long seed = Long.getLong("rserpool.seed", 5);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      long weight = 1 + random.nextLong(FULL);
      long dpf = random.nextLong(1L << random.nextInt(33));
      long distance = random.nextLong(1L << random.nextInt(12));
      BigInteger product = BigInteger.valueOf(dpf).multiply(BigInteger.valueOf(distance));
      BigInteger full = BigInteger.valueOf(FULL);
      // The loss is rounded half up.
      long loss =
          new BigDecimal(product.multiply(BigInteger.valueOf(weight)))
              .divide(new BigDecimal(full), 0, RoundingMode.HALF_UP)
              .min(new BigDecimal(BigInteger.ONE.shiftLeft(62)))
              .longValueExact();
      long expected = product.compareTo(full) > 0 ? 1 : weight - loss;
      assertThat(Loads.distant(weight, dpf, distance))
          .describedAs("weight %d, DPF %d, distance %d, seed %d", weight, dpf, distance, seed)
          .isEqualTo(expected);
    }
  }
}
