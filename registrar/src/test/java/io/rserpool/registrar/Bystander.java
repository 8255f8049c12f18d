package io.rserpool.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A user who belongs to the scope, and goes on resolving whatever happens around him. Each of his
/// questions has to be answered, and the element that he wants has to be in each answer.
final class Bystander implements AutoCloseable {

  private static final int PAUSE_MS = 20;
  private static final int ANSWERS = 3;
  private static final int PATIENCE_S = 20;

  private final Caller caller;
  private final PoolHandle pool;
  private final ElementId element;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("bystander").factory());

  /// What came of each question: empty, or what was wrong.
  private final LinkedBlockingQueue<String> outcomes = new LinkedBlockingQueue<>();

  Bystander(Caller caller, PoolHandle pool, ElementId element) {
    this.caller = caller;
    this.pool = pool;
    this.element = element;
    var _ = thread.scheduleWithFixedDelay(this::ask, 0, PAUSE_MS, TimeUnit.MILLISECONDS);
  }

  private void ask() {
    try {
      caller.say(new AsapHandleResolution(pool, false, 0));
      AsapHandleResolutionResponse answer = caller.hear(AsapHandleResolutionResponse.class);
      outcomes.add(outcomeOf(answer));
    } catch (IOException | RuntimeException e) {
      outcomes.add("no answer: " + e);
    }
  }

  private String outcomeOf(AsapHandleResolutionResponse answer) {
    return switch (answer.resolution()) {
      case AsapHandleResolutionResponse.Found found
          when found.elements().stream()
              .map(PoolElementParameter::elementId)
              .anyMatch(element::equals) ->
          "";
      case AsapHandleResolutionResponse.Found found ->
          "element %s is missing in %s".formatted(element, found);
      case AsapHandleResolutionResponse.Refused refused -> "refused: " + refused;
    };
  }

  /// All he has asked so far was answered, and so are his next questions.
  void assertServed() throws InterruptedException {
    int more = outcomes.size() + ANSWERS;
    for (int i = 0; i < more; i++) {
      assertThat(outcomes.poll(PATIENCE_S, TimeUnit.SECONDS))
          .as("what came of a question of somebody who belongs to the scope")
          .isEqualTo("");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
