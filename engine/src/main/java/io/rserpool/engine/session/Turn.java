package io.rserpool.engine.session;

/// One call of a session engine: the time, and where its effects go.
record Turn(long nowNs, SessionEffects out) {

  void effect(SessionEffect effect) {
    out.accept(effect);
  }

  void tell(SessionEvent event) {
    out.accept(new SessionEffect.Tell(event));
  }
}
