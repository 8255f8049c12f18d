package io.rserpool.engine;

/// Takes the effects of an engine, in order. It must not call back into the engine.
@FunctionalInterface
public interface EffectSink {

  /// Takes one effect.
  void accept(Effect effect);
}
