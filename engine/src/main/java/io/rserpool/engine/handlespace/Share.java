package io.rserpool.engine.handlespace;

/// What one home registrar owns of one pool.
///
/// @param <S> the owner's own state of each element
record Share<S>(Pool<S> pool, Owner<S> owner, IdSet ids) implements Part<S> {

  Share(Pool<S> pool, Owner<S> owner) {
    this(pool, owner, new IdSet());
  }
}
