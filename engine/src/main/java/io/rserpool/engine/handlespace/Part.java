package io.rserpool.engine.handlespace;

/// Some or all elements of one pool, in order.
///
/// @param <S> the owner's own state of each element
interface Part<S> {

  /// The pool.
  Pool<S> pool();

  /// Which elements.
  IdSet ids();
}
