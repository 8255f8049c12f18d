package io.rserpool.engine.session.element;

import io.rserpool.engine.session.Payload;

/// Takes the effects of an [ElementSession], in order.
///
/// @param <P> the data
@FunctionalInterface
public interface ElementSessionEffects<P extends Payload> {

  /// Takes one effect.
  void accept(ElementSessionEffect<P> effect);
}
