package io.rserpool.engine.turn;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Effect;
import io.rserpool.engine.EffectSink;
import io.rserpool.engine.Event;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.enrp.EnrpMessage;
import java.util.function.Consumer;

/// The call of the engine that is under way: what time it is, and where its effects go. All duties
/// of one engine share it, so that neither has to be handed through every method.
public final class Turn {

  private static final EffectSink NOBODY =
      effect -> {
        throw new IllegalStateException("there is no call under way that could take " + effect);
      };

  private final Consumer<Event> observer;
  private long nowNs;
  private EffectSink out = NOBODY;
  private long lastOpened;

  /// No call is under way yet.
  ///
  /// @param observer hears of every event that is emitted
  public Turn(Consumer<Event> observer) {
    this.observer = observer;
  }

  /// A call begins.
  public void begin(long newNowNs, EffectSink newOut) {
    nowNs = newNowNs;
    out = newOut;
  }

  /// The call is over.
  public void end() {
    out = NOBODY;
  }

  /// The time of the call, or of the last one.
  public long nowNs() {
    return nowNs;
  }

  /// A number for an association that this node opens.
  public AssociationId newAssociation() {
    return new AssociationId(--lastOpened);
  }

  /// Sends an ASAP message.
  public void send(AssociationId association, AsapMessage message) {
    out.accept(new Effect.SendAsap(association, message));
  }

  /// Sends an ENRP message.
  public void send(AssociationId association, EnrpMessage message) {
    out.accept(new Effect.SendEnrp(association, message));
  }

  /// Tells an event.
  public void emit(Event event) {
    observer.accept(event);
    out.accept(new Effect.Emit(event));
  }

  /// Does anything else.
  public void effect(Effect effect) {
    out.accept(effect);
  }
}
