package io.rserpool.engine.element;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Effect;
import io.rserpool.engine.EffectSink;
import io.rserpool.protocol.asap.AsapMessage;

/// One call of the engine: the time, and where the effects go.
record Turn(long nowNs, EffectSink out) {

  void send(Link link, AsapMessage message) {
    out.accept(new Effect.SendAsap(link.association(), message));
  }

  void close(AssociationId association) {
    out.accept(new Effect.Close(association));
  }

  void abort(AssociationId association, String reason) {
    out.accept(new Effect.Abort(association, reason));
  }

  void reply(ElementRequest request, ElementResult result) {
    out.accept(new Effect.Reply(request.requestId(), result));
  }

  void emit(ElementEvent event) {
    out.accept(new Effect.Emit(event));
  }
}
