package io.rserpool.engine.handlespace;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.DeadlineQueue.Deadline;
import io.rserpool.engine.policy.PolicyRules;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// All pools of one operation scope with their elements, as one node knows them.
///
/// Looking up, adding, changing and removing an element, and selecting or transferring each element
/// of an answer, cost at most the logarithm of the number of elements (on average over many calls,
/// since tables grow at times). Every element is in these orders: by identifier in its pool, by its
/// pool's policy, by home registrar, and by expiry if it has one.
///
/// The two halves of a partitioned scope may found the same pool with different policies. What a
/// registrar then learns of the other half is [held][#hold] but not selected: it is in all orders
/// but the pool's policy. A pool has the policy type, transport type and transport use of the
/// element that founded it, until the last element that agrees with them has gone; then those of
/// the held element with the highest home server identifier (of several, the lowest element
/// identifier) whose policy is known and valid, and it selects all elements that agree with them.
/// Without such an element it selects nothing, until one comes.
///
/// Calls with the same arguments in the same order give the same results.
///
/// @param <S> what the owner keeps of each element: liveness, connection, marks
public final class Handlespace<S> {

  private final PolicyRules rules;
  private final RandomGenerator random;
  private final RandomGenerator previewRandom;
  private final HashMap<PoolHandle, Pool<S>> poolTable = new HashMap<>();
  private final NavigableMap<PoolHandle, Pool<S>> pools = new TreeMap<>();
  private final Owners<S> owners = new Owners<>();
  private final DeadlineQueue<ElementEntry<S>> expiries = new DeadlineQueue<>();
  private int elementCount;

  /// The pool that was looked up last: what one message asks for is mostly looked up several times.
  private @Nullable Pool<S> lastPool;

  /// An empty handlespace.
  ///
  /// @param rules the policies that it can serve
  /// @param random for policies that draw; nothing else may use it
  public Handlespace(PolicyRules rules, RandomGenerator random) {
    this.rules = rules;
    this.random = random;
    this.previewRandom = new SplittableRandom(random.nextLong());
  }

  /// Takes a new element, or brings a known one up to date, if it agrees with what its pool selects
  /// in policy type, transport type and transport use (RFC 5352 section 3.1). An element that is
  /// refused leaves no trace, and no pool either.
  ///
  /// @param stateIfNew the entry's state if the element is new
  public Admission<S> put(PoolHandle handle, PoolElementParameter element, S stateIfNew) {
    Pool<S> pool = lookUp(handle);
    Optional<Admission.Refused<S>> refusal = refusal(pool, element);
    return refusal.isPresent() ? refusal.get() : admit(pool, handle, element, stateIfNew);
  }

  /// Takes a new element, or brings a known one up to date, whatever it is like: for elements of
  /// other registrars, which have admitted them already (RFC 5353 section 3.3.1). It is never
  /// [Admission.Refused]. An element that [#put] would refuse is held, but not selected.
  ///
  /// @param stateIfNew the entry's state if the element is new
  public Admission<S> hold(PoolHandle handle, PoolElementParameter element, S stateIfNew) {
    return admit(lookUp(handle), handle, element, stateIfNew);
  }

  /// Why [#put] would refuse an element, or nothing.
  public Optional<Admission.Refused<S>> refusal(PoolHandle handle, PoolElementParameter element) {
    return refusal(lookUp(handle), element);
  }

  private Optional<Admission.Refused<S>> refusal(
      @Nullable Pool<S> pool, PoolElementParameter element) {
    return pool == null ? Pool.refusal(rules, element) : pool.refusal(element);
  }

  /// The element by which another half of the scope, with a higher server identifier, contests what
  /// a pool has in common: of those that are held but not selected, and have a known and valid
  /// policy, the one with the highest home server identifier (of several, the lowest element
  /// identifier), if that is above `own`.
  public Optional<ElementEntry<S>> rival(PoolHandle handle, ServerId own) {
    Pool<S> pool = lookUp(handle);
    return pool == null ? Optional.empty() : pool.rival(own);
  }

  private Admission<S> admit(
      @Nullable Pool<S> pool, PoolHandle handle, PoolElementParameter element, S stateIfNew) {
    if (pool == null) {
      return add(found(handle, element), element, stateIfNew);
    }
    ElementEntry<S> entry = pool.find(element.elementId().value());
    return entry == null ? add(pool, element, stateIfNew) : renew(pool, entry, element);
  }

  /// Makes a pool for its first element.
  private Pool<S> found(PoolHandle handle, PoolElementParameter element) {
    Pool<S> pool = new Pool<>(handle, rules, element);
    poolTable.put(handle, pool);
    pools.put(handle, pool);
    return pool;
  }

  private Admission<S> add(Pool<S> pool, PoolElementParameter element, S state) {
    Owner<S> owner = owners.of(element.homeId());
    Share<S> share = pool.shareOf(owner);
    ElementEntry<S> entry = new ElementEntry<>(element, share, state);
    pool.add(entry);
    owner.add(share, entry);
    elementCount++;
    return new Admission.Added<>(entry);
  }

  private Admission<S> renew(Pool<S> pool, ElementEntry<S> entry, PoolElementParameter element) {
    PoolElementParameter previous = entry.element();
    boolean changed = !previous.equals(element);
    if (changed) {
      owners.move(entry, element.homeId());
      pool.renew(entry, element);
    } else {
      pool.renew(entry);
    }
    return new Admission.Replaced<>(entry, previous, changed);
  }

  /// Looks an element up.
  public Optional<ElementEntry<S>> find(PoolHandle handle, ElementId id) {
    Pool<S> pool = lookUp(handle);
    return pool == null ? Optional.empty() : Optional.ofNullable(pool.find(id.value()));
  }

  /// Removes an element, and with the last one the pool.
  ///
  /// @throws IllegalStateException if it is not there any more
  public void remove(ElementEntry<S> entry) {
    requirePresent(entry);
    clearExpiry(entry);
    Pool<S> pool = entry.share().pool();
    pool.remove(entry);
    if (pool.size() == 0) {
      lastPool = null;
      poolTable.remove(pool.handle());
      pools.remove(pool.handle());
    }
    owners.release(entry);
    elementCount--;
  }

  /// Moves an element to another home registrar.
  ///
  /// @throws IllegalStateException if the element is not there any more
  public void changeHome(ElementEntry<S> entry, ServerId home) {
    requirePresent(entry);
    if (!entry.home().equals(home)) {
      owners.move(entry, home);
      entry.share().pool().changeHome(entry, home);
    }
  }

  /// Chooses at most `items` elements by the pool's policy, the best first, and counts the
  /// selection. The list is empty if the pool is unknown, no element of it can be selected, or
  /// `items` is 0.
  public List<ElementEntry<S>> select(PoolHandle handle, int items) {
    Pool<S> pool = lookUp(handle);
    return pool == null || items < 1 ? List.of() : pool.selection().select(items, random);
  }

  /// What [#select] would choose now (one possible choice, for policies that draw); nothing is
  /// counted, and later selections are not influenced.
  public List<ElementEntry<S>> preview(PoolHandle handle, int items) {
    Pool<S> pool = lookUp(handle);
    return pool == null || items < 1 ? List.of() : pool.selection().preview(items, previewRandom);
  }

  /// What the elements that a pool selects have in common.
  public Optional<PoolView> pool(PoolHandle handle) {
    Pool<S> pool = lookUp(handle);
    return pool == null ? Optional.empty() : Optional.of(pool.view());
  }

  /// The names of all pools in order; a copy.
  public List<PoolHandle> pools() {
    return List.copyOf(pools.keySet());
  }

  /// The number of pools.
  public int poolCount() {
    return pools.size();
  }

  /// The number of elements in all pools.
  public int elementCount() {
    return elementCount;
  }

  /// The elements of one pool by identifier; a copy, empty if the pool is unknown.
  public List<ElementEntry<S>> elements(PoolHandle handle) {
    List<ElementEntry<S>> found = new ArrayList<>();
    Pool<S> pool = lookUp(handle);
    if (pool != null) {
      pool.list(pool.ids().first(pool.size()), found);
    }
    return found;
  }

  /// The registrars that own elements, in order, [ServerId#NONE] for elements without home; a copy.
  public List<ServerId> owners() {
    return owners.ids();
  }

  /// The elements of one home registrar by pool handle and identifier; a copy.
  public List<ElementEntry<S>> owned(ServerId home) {
    return extractOwned(home, Cursor.START, Integer.MAX_VALUE).entries();
  }

  /// How many elements a home registrar owns.
  public int ownedCount(ServerId home) {
    Owner<S> owner = owners.find(home);
    return owner == null ? 0 : owner.size();
  }

  /// The 16-bit checksum over the elements that a home registrar owns (RFC 5353 section 3.6.2).
  public int checksum(ServerId home) {
    Owner<S> owner = owners.find(home);
    return owner == null ? 0xffff : owner.checksum();
  }

  /// The next part of a transfer of all elements.
  ///
  /// @param after where the last part ended
  /// @param maxElements at least 1
  public Extract<S> extract(Cursor after, int maxElements) {
    return Transfer.extract(pools, after, maxElements);
  }

  /// The next part of a transfer of the elements of one home registrar.
  ///
  /// @param after where the last part ended
  /// @param maxElements at least 1
  public Extract<S> extractOwned(ServerId home, Cursor after, int maxElements) {
    Owner<S> owner = owners.find(home);
    return owner == null
        ? new Extract<>(List.of(), after, false)
        : Transfer.extract(owner.shares(), after, maxElements);
  }

  /// Sets or moves the time at which an element's registration expires.
  ///
  /// @throws IllegalStateException if the element is not there any more
  public void setExpiry(ElementEntry<S> entry, long atNs) {
    requirePresent(entry);
    Deadline<ElementEntry<S>> expiry = entry.expiry();
    if (expiry == null) {
      expiry = expiries.create(entry);
      entry.expiry(expiry);
    }
    expiries.set(expiry, atNs);
  }

  /// Lets an element's registration last; it may have no expiry already.
  public void clearExpiry(ElementEntry<S> entry) {
    Deadline<ElementEntry<S>> expiry = entry.expiry();
    if (expiry != null) {
      expiries.cancel(expiry);
      entry.expiry(null);
    }
  }

  /// When the next registration expires, or [io.rserpool.engine.Engine#NEVER].
  public long nextExpiryNs() {
    return expiries.nextNs();
  }

  /// The next element whose registration has expired at `nowNs`. It stays in the handlespace,
  /// without expiry, until it is removed.
  public Optional<ElementEntry<S>> pollExpired(long nowNs) {
    Optional<ElementEntry<S>> expired = expiries.poll(nowNs).map(Deadline::subject);
    expired.ifPresent(entry -> entry.expiry(null));
    return expired;
  }

  private @Nullable Pool<S> lookUp(PoolHandle handle) {
    Pool<S> last = lastPool;
    if (last == null || !last.handle().equals(handle)) {
      last = poolTable.get(handle);
      lastPool = last;
    }
    return last;
  }

  private static void requirePresent(ElementEntry<?> entry) {
    if (!entry.isPresent()) {
      throw new IllegalStateException(
          "expected an element of the handlespace, saw %s, which has been removed"
              .formatted(entry));
    }
  }
}
