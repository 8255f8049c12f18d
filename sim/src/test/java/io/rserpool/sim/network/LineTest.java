package io.rserpool.sim.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LineTest {

  private static final long MS = 1_000_000;
  private static final long DELAY = 4 * MS;

  private final Simulation simulation = new Simulation();
  private final List<String> seen = new ArrayList<>();

  /// Loses the packets with the given numbers, counted from 0 over all transmissions and
  /// acknowledgements that reveal something.
  private Line<String> losing(int... packets) {
    List<Double> draws = new ArrayList<>();
    int before = -1;
    for (int packet : packets) {
      // With a loss of one half, the number of packets until the next loss is floor(log2(1/u)).
      draws.add(1 - Math.pow(0.5, packet - before - 1 + 0.5));
      before = packet;
    }
    RandomGenerator script =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            throw new UnsupportedOperationException();
          }

          @Override
          public double nextDouble() {
            return draws.isEmpty() ? 1 - 1e-12 : draws.removeFirst();
          }
        };
    LinkSettings settings = LinkSettings.repaired(DELAY, 0.5);
    Path both = new Path(simulation, settings, script);
    return new Line<>(simulation, both, both, this::saw, () -> saw("given up"));
  }

  private void saw(String message) {
    seen.add(message + "@" + simulation.nowNs() / 1_000);
  }

  private void sendAt(Line<String> line, long ms, String message) {
    simulation.at(ms * MS, () -> line.send(message));
  }

  @Test
  void nothingLostTakesOneDelay() {
    Line<String> line = losing();
    sendAt(line, 0, "a");
    sendAt(line, 1, "b");
    simulation.runUntil(1_000 * MS);
    assertThat(seen).containsExactly("a@4000", "b@5000");
  }

  @Test
  void laterPacketRevealsTheLossAndTheOrderIsKept() {
    Line<String> line = losing(0);
    sendAt(line, 0, "a");
    sendAt(line, 40, "b");
    simulation.runUntil(1_000 * MS);
    // b arrives at 44, is acknowledged at 48, a quarter of a round trip later a goes out again.
    assertThat(seen).containsExactly("a@54000", "b@54000");
  }

  @Test
  void lostAcknowledgementRevealsNothing() {
    Line<String> line = losing(0, 2);
    sendAt(line, 0, "a");
    sendAt(line, 40, "b");
    simulation.runUntil(1_000 * MS);
    assertThat(seen).containsExactly("a@204000", "b@204000");
  }

  @Test
  void withoutALaterPacketTheTimeoutRepairsAndDoubles() {
    Line<String> line = losing(0, 1);
    sendAt(line, 0, "a");
    simulation.runUntil(1_000 * MS);
    assertThat(seen).containsExactly("a@604000");
  }

  @Test
  void lostRetransmissionIsRevealedByAPacketSentAfterIt() {
    Line<String> line = losing(0, 3);
    sendAt(line, 0, "a");
    sendAt(line, 40, "b");
    sendAt(line, 80, "c");
    simulation.runUntil(1_000 * MS);
    assertThat(seen).containsExactly("a@94000", "b@94000", "c@94000");
  }

  @Test
  void cutLineDeliversNothing() {
    Line<String> line = losing();
    line.send("a");
    line.cut();
    line.send("b");
    simulation.runUntil(1_000 * MS);
    assertThat(seen).isEmpty();
  }

  @Test
  void shareOfLostPacketsIsTheLoss() {
    LinkSettings settings = LinkSettings.unrepaired(DELAY, 0.01);
    Path both = new Path(simulation, settings, new SplittableRandom(42));
    Line<String> line = new Line<>(simulation, both, both, seen::add, () -> saw("given up"));
    int count = 100_000;
    for (int i = 0; i < count; i++) {
      line.send("m");
    }
    simulation.runUntil(1_000 * MS);
    // Four standard deviations of a binomial distribution with 1 %.
    assertThat(count - seen.size()).isBetween(1_000 - 126, 1_000 + 126);
  }

  private Line<String> between(Path there, Path back) {
    return new Line<>(simulation, there, back, this::saw, () -> saw("given up"));
  }

  private Path perfect() {
    return new Path(simulation, LinkSettings.repaired(DELAY, 0), new SplittableRandom(1));
  }

  @Test
  void whatWasSentIntoAShortCutComesWithTheNextRetransmission() {
    Path there = perfect();
    Line<String> line = between(there, perfect());
    there.cut();
    sendAt(line, 0, "a");
    simulation.at(700 * MS, there::heal);
    simulation.runUntil(60_000 * MS);
    // Sent again after 200 and 600 ms in vain, and after 1400 ms.
    assertThat(seen).containsExactly("a@1404000");
  }

  @Test
  void transportGivesUpAfterItsUserTimeout() {
    Path there = perfect();
    Line<String> line = between(there, perfect());
    there.cut();
    sendAt(line, 100, "a");
    simulation.runUntil(60_000 * MS);
    assertThat(seen).containsExactly("given up@5100000");
  }

  @Test
  void whereNoAcknowledgementComesBackTheTransportGivesUp() {
    Path back = perfect();
    Line<String> line = between(perfect(), back);
    back.cut();
    sendAt(line, 100, "a");
    sendAt(line, 200, "b");
    simulation.runUntil(60_000 * MS);
    assertThat(seen).containsExactly("a@104000", "b@204000", "given up@5100000");
  }

  @Test
  void acknowledgementThatComesLateIsGoodEnough() {
    Path back = perfect();
    Line<String> line = between(perfect(), back);
    back.cut();
    sendAt(line, 100, "a");
    simulation.at(4_000 * MS, back::heal);
    simulation.runUntil(60_000 * MS);
    assertThat(seen).containsExactly("a@104000");
  }

  @Test
  void stalledPathDeliversEverythingAfterwards() {
    Path there = perfect();
    Line<String> line = between(there, perfect());
    sendAt(line, 0, "a");
    simulation.at(1 * MS, () -> there.stall(500 * MS));
    sendAt(line, 2, "b");
    sendAt(line, 600, "c");
    simulation.runUntil(60_000 * MS);
    assertThat(seen).containsExactly("a@4000", "b@504000", "c@604000");
  }

  @Test
  void orderIsKeptWhereDelaysVary() {
    LinkSettings settings = LinkSettings.repaired(DELAY, 0).withJitter(10 * MS, 0.1, 100 * MS);
    Line<String> line = between(new Path(simulation, settings, new SplittableRandom(5)), perfect());
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sendAt(line, i, "m" + i);
      expected.add("m" + i);
    }
    simulation.runUntil(1_000 * MS);
    assertThat(seen.stream().map(s -> s.substring(0, s.indexOf('@'))).toList()).isEqualTo(expected);
  }
}
