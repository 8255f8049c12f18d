package io.rserpool.engine.user;

import io.rserpool.engine.Effect;
import io.rserpool.engine.EffectSink;
import io.rserpool.protocol.asap.AsapMessage;

/// One call of the engine: the time, and where the effects go.
record Turn(long nowNs, EffectSink out) {

  void send(Home home, AsapMessage message) {
    out.accept(new Effect.SendAsap(home.association(), message));
  }

  void reply(UserRequest request, UserResult result) {
    out.accept(new Effect.Reply(request.requestId(), result));
  }

  void emit(UserEvent event) {
    out.accept(new Effect.Emit(event));
  }
}
