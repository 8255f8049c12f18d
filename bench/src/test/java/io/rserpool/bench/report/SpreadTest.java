package io.rserpool.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  private final Spread spread = new Spread("gone");

  @Test
  void theMedianOfAnOddNumberIsTheOneInTheMiddleWhateverTheOrder() {
    List.of(3.0, 1.0, 10.0, 2.0, 4.0).forEach(spread::add);
    assertThat(spread.min()).isEqualTo(1.0);
    assertThat(spread.median()).isEqualTo(3.0);
    assertThat(spread.max()).isEqualTo(10.0);
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    List.of(4.0, 1.0, 2.0, 9.0).forEach(spread::add);
    assertThat(spread.median()).isEqualTo(3.0);
  }

  @Test
  void whatDidNotEndInTimeIsToldAndNotCounted() {
    spread.add(1);
    spread.miss();
    assertThat(spread.toString()).contains("median   1.000").endsWith("(1, and 1 not in time)");
  }

  @Test
  void nothingHasNoMedian() {
    assertThat(spread.median()).isNaN();
  }
}
