package io.rserpool.net;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.EffectSink;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Input;
import io.rserpool.protocol.asap.AsapError;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// An engine for tests of the network: keeps its inputs for the test's thread, does what a request
/// asks for, sends every ASAP message back and reports every broken one.
final class RecordingEngine implements Engine {

  /// How long a test waits for something that must come.
  static final long PATIENCE_S = 20;

  /// Carries out effects; answered once they are handed out.
  record Do(long requestId, List<Effect> effects) implements Input.Request {}

  /// Never answered.
  record Ignore(long requestId) implements Input.Request {}

  /// Throws within the engine.
  record Break(long requestId) implements Input.Request {}

  /// Sets the deadline.
  record WakeAt(long requestId, long afterNs) implements Input.Request {}

  /// The answer.
  record Done() implements Effect.Result {}

  final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
  final BlockingQueue<Long> ticks = new LinkedBlockingQueue<>();

  /// What happens beside echo and reports; set before the node starts.
  BiConsumer<Input, EffectSink> reaction = (_, _) -> {};

  private long deadlineNs = NEVER;

  @Override
  public void handle(long nowNs, Input input, EffectSink out) {
    inputs.add(input);
    switch (input) {
      case Input.AsapReceived received ->
          out.accept(new Effect.SendAsap(received.association(), received.message()));
      case Input.MalformedReceived malformed -> {
        if (!malformed.reports().isEmpty()) {
          out.accept(
              new Effect.SendAsap(malformed.association(), new AsapError(malformed.reports())));
        }
      }
      case Do(long id, List<Effect> effects) -> {
        effects.forEach(out::accept);
        out.accept(new Effect.Reply(id, new Done()));
      }
      case Break _ -> throw new IllegalStateException("broken on purpose");
      case WakeAt(long id, long afterNs) -> {
        deadlineNs = nowNs + afterNs;
        out.accept(new Effect.Reply(id, new Done()));
      }
      default -> {}
    }
    reaction.accept(input, out);
  }

  @Override
  public void tick(long nowNs, EffectSink out) {
    ticks.add(nowNs - deadlineNs);
    deadlineNs = NEVER;
  }

  @Override
  public long nextDeadlineNs() {
    return deadlineNs;
  }

  /// The next input of that kind; others before it are dropped.
  <I extends Input> I await(Class<I> kind) {
    try {
      for (Input input = next(); input != null; input = next()) {
        if (kind.isInstance(input)) {
          return kind.cast(input);
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no " + kind.getSimpleName() + " came in time");
  }

  private Input next() throws InterruptedException {
    return inputs.poll(PATIENCE_S, TimeUnit.SECONDS);
  }

  /// Asks a node to carry out effects.
  static void carryOut(Node node, Effect... effects) {
    node.submit(new Do(node.newRequestId(), List.of(effects)), _ -> {});
  }

  /// Asks a node to call somebody.
  static AssociationId call(Node node, long number, Endpoint endpoint) {
    AssociationId association = new AssociationId(-number);
    carryOut(node, new Effect.Open(association, AssociationKind.ASAP, endpoint));
    return association;
  }
}
