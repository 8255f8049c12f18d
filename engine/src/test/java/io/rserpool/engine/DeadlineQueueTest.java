package io.rserpool.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.DeadlineQueue.Deadline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {

  private final DeadlineQueue<String> queue = new DeadlineQueue<>();

  private Deadline<String> set(String subject, long atNs) {
    Deadline<String> deadline = queue.create(subject);
    queue.set(deadline, atNs);
    return deadline;
  }

  private List<String> pollAll(long nowNs) {
    List<String> subjects = new ArrayList<>();
    for (var due = queue.poll(nowNs); due.isPresent(); due = queue.poll(nowNs)) {
      subjects.add(due.get().subject());
    }
    return subjects;
  }

  @Test
  void deadlineIsNotDueOneTickBeforeItsTimeAndDueFromItsTimeOn() {
    set("at", 100);
    assertThat(queue.poll(99)).isEmpty();
    assertThat(pollAll(100)).containsExactly("at");
    set("after", 200);
    assertThat(pollAll(201)).containsExactly("after");
  }

  @Test
  void equalTimesFallDueInTheOrderInWhichTheyWereSet() {
    Deadline<String> first = set("first", 5);
    set("second", 5);
    set("third", 5);
    queue.set(first, 5);
    assertThat(pollAll(5)).containsExactly("second", "third", "first");
  }

  @Test
  void deadlineThatWasMovedFallsDueOnceAtItsNewTime() {
    Deadline<String> moved = set("moved", 10);
    set("other", 20);
    queue.set(moved, 30);
    assertThat(queue.nextNs()).isEqualTo(20);
    assertThat(pollAll(29)).containsExactly("other");
    assertThat(pollAll(30)).containsExactly("moved");
    assertThat(queue.size()).isZero();
  }

  @Test
  void cancelledDeadlineNeverFallsDueAndCanBeSetAgain() {
    Deadline<String> deadline = set("cancelled", 10);
    queue.cancel(deadline);
    queue.cancel(deadline);
    assertThat(deadline.isSet()).isFalse();
    assertThat(deadline.atNs()).isEqualTo(Engine.NEVER);
    assertThat(queue.nextNs()).isEqualTo(Engine.NEVER);
    assertThat(queue.poll(1000)).isEmpty();
    queue.set(deadline, 11);
    assertThat(deadline.atNs()).isEqualTo(11);
    assertThat(pollAll(11)).containsExactly("cancelled");
  }

  @Test
  void timesMayBeNegativeSinceTheOriginOfTheClockDoesNotMatter() {
    set("late", -5);
    set("early", -10);
    assertThat(queue.nextNs()).isEqualTo(-10);
    assertThat(pollAll(-6)).containsExactly("early");
  }

  @Test
  void anyMixOfOperationsAgreesWithASortedList() {
    long seed = Long.getLong("rserpool.seed", 1);
    SplittableRandom random = new SplittableRandom(seed);
    record Entry(long atNs, long sequence, Deadline<String> deadline) {}
    List<Entry> expected = new ArrayList<>();
    List<Deadline<String>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(queue.create("deadline " + i));
    }
    for (long step = 0; step < 20_000; step++) {
      Deadline<String> deadline = all.get(random.nextInt(all.size()));
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          long atNs = random.nextInt(50);
          queue.set(deadline, atNs);
          expected.removeIf(entry -> entry.deadline() == deadline);
          expected.add(new Entry(atNs, step, deadline));
          expected.sort(Comparator.comparingLong(Entry::atNs).thenComparingLong(Entry::sequence));
        }
        case 2 -> {
          queue.cancel(deadline);
          expected.removeIf(entry -> entry.deadline() == deadline);
        }
        default -> {
          long nowNs = random.nextInt(50);
          boolean isDue = !expected.isEmpty() && expected.getFirst().atNs() <= nowNs;
          assertThat(queue.poll(nowNs))
              .describedAs(replay(seed, step))
              .isEqualTo(
                  isDue
                      ? java.util.Optional.of(expected.removeFirst().deadline())
                      : java.util.Optional.empty());
        }
      }
      assertThat(queue.size()).describedAs(replay(seed, step)).isEqualTo(expected.size());
    }
  }

  private static String replay(long seed, long step) {
    return "step %d of mvn -pl engine -am test -Dtest=DeadlineQueueTest -Drserpool.seed=%d"
        .formatted(step, seed);
  }
}
