package io.rserpool.engine.user;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the registrars said of pools, the pool used longest ago first (RFC 5352 section 3.3).
/// Bounded;
/// watched pools stay.
final class Cache {

  private final Map<PoolHandle, CachedPool> pools = new LinkedHashMap<>(16, 0.75f, true);
  private final Predicate<PoolHandle> isWatched;
  private final int max;
  private final long staleNs;
  private final long pushedStaleNs;

  Cache(UserSettings settings, Predicate<PoolHandle> isWatched) {
    this.isWatched = isWatched;
    max = settings.cacheMax();
    staleNs = settings.staleCacheValue().toNanos();
    pushedStaleNs = settings.subscriptionRefresh().toNanos() + settings.t1EnrpRequest().toNanos();
  }

  /// What is known of a pool, however old.
  @Nullable CachedPool get(PoolHandle handle) {
    return pools.get(handle);
  }

  /// Whether it need not be asked for: while pushes come, the bound is the subscription refresh and
  /// T1; otherwise stale.cache.value.
  boolean isFresh(long nowNs, CachedPool pool) {
    return pool.ageNs(nowNs) < (pool.isPushed() ? pushedStaleNs : staleNs);
  }

  void put(PoolHandle handle, CachedPool pool) {
    CachedPool older = pools.put(handle, pool);
    if (older != null && pool.isPushed()) {
      pool.continueAfter(older);
    }
    Iterator<PoolHandle> eldest = pools.keySet().iterator();
    while (pools.size() > max && eldest.hasNext()) {
      if (!isWatched.test(eldest.next())) {
        eldest.remove();
      }
    }
  }

  void remove(PoolHandle handle) {
    pools.remove(handle);
  }

  /// Forgets one element; a pool without elements is unknown.
  void drop(PoolHandle handle, ElementId elementId) {
    CachedPool pool = pools.get(handle);
    if (pool != null) {
      pool.drop(elementId);
      if (pool.isEmpty()) {
        pools.remove(handle);
      }
    }
  }

  /// Nobody pushes changes any more.
  void notPushed() {
    pools.values().forEach(CachedPool::notPushed);
  }

  void notPushed(PoolHandle handle) {
    CachedPool pool = pools.get(handle);
    if (pool != null) {
      pool.notPushed();
    }
  }

  void clear() {
    pools.clear();
  }
}
