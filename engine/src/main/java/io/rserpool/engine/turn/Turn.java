package io.rserpool.engine.registrar;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Effect;
import io.rserpool.engine.EffectSink;
import io.rserpool.engine.Event;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.enrp.EnrpMessage;

/// The call of the engine that is under way: what time it is, and where its effects go. All duties
/// of
/// one engine share it, so that neither has to be handed through every method.
final class Turn {

  private static final EffectSink NOBODY =
      effect -> {
        throw new IllegalStateException("there is no call under way that could take " + effect);
      };

  private long nowNs;
  private final Statistics statistics = new Statistics();
  private EffectSink out = NOBODY;

  void begin(long newNowNs, EffectSink newOut) {
    nowNs = newNowNs;
    out = newOut;
  }

  void end() {
    out = NOBODY;
  }

  Statistics statistics() {
    return statistics;
  }

  long nowNs() {
    return nowNs;
  }

  void send(AssociationId association, AsapMessage message) {
    out.accept(new Effect.SendAsap(association, message));
  }

  void send(AssociationId association, EnrpMessage message) {
    out.accept(new Effect.SendEnrp(association, message));
  }

  void emit(Event event) {
    statistics.emitted(event);
    out.accept(new Effect.Emit(event));
  }

  void effect(Effect effect) {
    out.accept(effect);
  }
}
