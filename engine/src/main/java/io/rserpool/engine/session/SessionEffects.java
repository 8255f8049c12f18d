package io.rserpool.engine.session;

/// Takes the effects of a session engine, in order. It must not call back into the engine.
@FunctionalInterface
public interface SessionEffects {

  /// Takes one effect.
  void accept(SessionEffect effect);
}
