package io.rserpool.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalsTest {

  @Test
  void whatAListenerLeavesLyingIsBounded() {
    Arrivals arrivals = new Arrivals(Platform.of("Linux", "amd64").orElseThrow());
    int taken = 0;
    while (arrivals.hasRoomFor(1 << 20)) {
      arrivals.add(new Arrival.Piece(1, new byte[1 << 20], true, 0, 11));
      taken++;
    }
    assertThat(taken).isEqualTo(64);
    assertThat(arrivals.hasRoomFor(1)).isFalse();
    assertThat(arrivals.poll()).isInstanceOf(Arrival.Piece.class);
    assertThat(arrivals.hasRoomFor(1 << 20)).isTrue();
    assertThat(arrivals.hasRoomFor(1)).isFalse();
  }

  @Test
  void arrivalsRingOnceUntilTheyAreHeard() {
    Arrivals arrivals = new Arrivals(Platform.of("Linux", "amd64").orElseThrow());
    assertThat(arrivals.isRung()).isFalse();
    arrivals.add(new Arrival.Overrun(1));
    assertThat(arrivals.isRung()).isTrue();
    arrivals.heard();
    assertThat(arrivals.isRung()).isFalse();
    assertThat(arrivals.poll()).isEqualTo(new Arrival.Overrun(1));
    assertThat(arrivals.poll()).isNull();
  }
}
