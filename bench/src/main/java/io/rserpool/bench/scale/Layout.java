package io.rserpool.bench.scale;

/// Which element is in which pool. Keep-alives name the pool but not the element (RFC 5352 section
/// 2.2.7), so no association may have two elements in one pool; and any ten neighbouring
/// associations with a hundred elements each have one element in every pool.
final class Layout {

  /// How many pools there are.
  static final int POOLS = 1_000;

  /// The most elements that one association can have.
  static final int SLOTS_MAX = POOLS;

  private static final int NEIGHBOURS = 10;
  private static final int STRIDES = POOLS / NEIGHBOURS;

  private Layout() {}

  /// The pool of an association's element.
  static int pool(int association, int slot) {
    return (association + NEIGHBOURS * (slot % STRIDES) + slot / STRIDES) % POOLS;
  }

  /// The association's element in a pool.
  static int slot(int association, int pool) {
    int distance = Math.floorMod(pool - association, POOLS);
    return distance % NEIGHBOURS * STRIDES + distance / NEIGHBOURS;
  }

  /// The element's identifier, which is its association's number, from 1 on.
  static int elementId(int association) {
    return association + 1;
  }
}
