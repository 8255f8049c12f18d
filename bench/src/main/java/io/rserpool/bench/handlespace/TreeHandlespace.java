package io.rserpool.bench.handlespace;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/// A handlespace as one writes it first: a red-black tree for each order, as rsplib has it. Pools
/// by handle, elements by identifier, by owner, and by policy; an answer is the beginning of the
/// policy's tree, and what was selected is taken out and put back behind its equals.
///
/// Policies that draw have a tree of tickets: each element holds as many numbers as its weight, and
/// a random number finds its holder; numbers that nobody holds any more are drawn again.
final class TreeHandlespace implements Subject {

  private static final Comparator<Entry> BY_POLICY =
      Comparator.<Entry>comparingLong(entry -> entry.round)
          .thenComparingLong(entry -> entry.rank)
          .thenComparingLong(entry -> entry.sequence);

  private static final Comparator<Entry> BY_OWNER =
      Comparator.<Entry, ServerId>comparing(entry -> entry.element.homeId())
          .thenComparing(entry -> entry.pool.handle)
          .thenComparing(entry -> entry.element.elementId());

  private static final class Entry {
    private final Pool pool;
    private PoolElementParameter element;
    private long round;
    private long rank;
    private long sequence;
    private long ticket;
    private int count;

    Entry(Pool pool, PoolElementParameter element) {
      this.pool = pool;
      this.element = element;
    }
  }

  private static final class Pool {
    private final PoolHandle handle;
    private final NavigableMap<ElementId, Entry> byId = new TreeMap<>();
    private final NavigableSet<Entry> byPolicy = new TreeSet<>(BY_POLICY);
    private final NavigableMap<Long, Entry> byTicket = new TreeMap<>();
    private long nextSequence;
    private long nextTicket;
    private long tickets;

    Pool(PoolHandle handle) {
      this.handle = handle;
    }
  }

  private final NavigableMap<PoolHandle, Pool> pools = new TreeMap<>();
  private final NavigableSet<Entry> byOwner = new TreeSet<>(BY_OWNER);
  private final SplittableRandom random = new SplittableRandom(1);

  @Override
  public void register(PoolElementParameter element) {
    Pool pool = pools.computeIfAbsent(Workload.POOL, Pool::new);
    Entry entry = pool.byId.get(element.elementId());
    if (entry == null) {
      entry = new Entry(pool, element);
      pool.byId.put(element.elementId(), entry);
      byOwner.add(entry);
      entry.sequence = pool.nextSequence++;
      entry.round = pool.byPolicy.isEmpty() ? 0 : pool.byPolicy.first().round;
      insert(entry);
    } else if (entry.count > 0 || !entry.element.equals(element)) {
      withdraw(entry);
      entry.element = element;
      entry.count = 0;
      insert(entry);
    }
  }

  @Override
  public void deregister(PoolElementParameter element) {
    Pool pool = pool();
    Entry entry = Objects.requireNonNull(pool.byId.remove(element.elementId()), "the element");
    withdraw(entry);
    byOwner.remove(entry);
    if (pool.byId.isEmpty()) {
      pools.remove(Workload.POOL);
    }
  }

  @Override
  public List<?> resolve(int items) {
    Pool pool = pool();
    int wanted = Math.min(items, pool.byId.size());
    List<Entry> selected = new ArrayList<>(wanted);
    if (!pool.byTicket.isEmpty()) {
      draw(pool, wanted, selected);
      return selected;
    }
    Iterator<Entry> order = pool.byPolicy.iterator();
    while (selected.size() < wanted) {
      selected.add(order.next());
    }
    int stepped = isDegrading(selected.getFirst().element.policy()) ? wanted : 1;
    for (Entry entry : selected.subList(0, stepped)) {
      pool.byPolicy.remove(entry);
      entry.sequence = pool.nextSequence++;
      step(entry);
      pool.byPolicy.add(entry);
    }
    return selected;
  }

  private Pool pool() {
    return Objects.requireNonNull(pools.get(Workload.POOL), "the pool");
  }

  private void draw(Pool pool, int wanted, List<Entry> selected) {
    while (selected.size() < wanted) {
      long ticket = random.nextLong(pool.nextTicket);
      var holder = pool.byTicket.floorEntry(ticket);
      if (holder != null
          && ticket < holder.getKey() + holder.getValue().rank
          && !selected.contains(holder.getValue())) {
        selected.add(holder.getValue());
      }
    }
  }

  private static void insert(Entry entry) {
    entry.rank = rank(entry);
    if (isDrawn(entry.element.policy())) {
      Pool pool = entry.pool;
      if (pool.nextTicket > 2 * (pool.tickets + entry.rank)) {
        List<Entry> all = List.copyOf(pool.byTicket.values());
        pool.byTicket.clear();
        pool.nextTicket = 0;
        pool.tickets = 0;
        all.forEach(TreeHandlespace::giveTickets);
      }
      giveTickets(entry);
    } else {
      entry.pool.byPolicy.add(entry);
    }
  }

  private static void giveTickets(Entry entry) {
    entry.ticket = entry.pool.nextTicket;
    entry.pool.byTicket.put(entry.ticket, entry);
    entry.pool.nextTicket += entry.rank;
    entry.pool.tickets += entry.rank;
  }

  private static void withdraw(Entry entry) {
    if (isDrawn(entry.element.policy())) {
      entry.pool.byTicket.remove(entry.ticket);
      entry.pool.tickets -= entry.rank;
    } else {
      entry.pool.byPolicy.remove(entry);
    }
  }

  private static void step(Entry entry) {
    if (entry.element.policy() instanceof Policy.WeightedRoundRobin) {
      if (--entry.rank == 0) {
        entry.round++;
        entry.rank = rank(entry);
      }
    } else if (isDegrading(entry.element.policy())) {
      entry.count++;
      entry.rank = rank(entry);
    }
  }

  private static boolean isDrawn(Policy policy) {
    return policy instanceof Policy.Random
        || policy instanceof Policy.WeightedRandom
        || policy instanceof Policy.RandomizedLeastUsed;
  }

  private static boolean isDegrading(Policy policy) {
    return policy instanceof Policy.LeastUsedDegradation
        || policy instanceof Policy.PriorityLeastUsedDegradation;
  }

  private static long rank(Entry entry) {
    return switch (entry.element.policy()) {
      case Policy.WeightedRoundRobin p -> p.weight();
      case Policy.Random _ -> 1;
      case Policy.WeightedRandom p -> p.weight();
      case Policy.RandomizedLeastUsed p -> Policy.FULL - p.load();
      case Policy.Priority p -> -p.priority();
      case Policy.LeastUsed p -> p.load();
      case Policy.LeastUsedDegradation p ->
          Math.min(Policy.FULL, p.load() + entry.count * p.degradation());
      case Policy.PriorityLeastUsed p -> Math.min(Policy.FULL, p.load() + p.degradation());
      case Policy.PriorityLeastUsedDegradation p ->
          Math.min(Policy.FULL, p.load() + (entry.count + 1) * p.degradation());
      case Policy.RoundRobin _,
          Policy.RandomizedPriorityLeastUsed _,
          Policy.RandomizedLeastUsedDegradation _,
          Policy.RandomizedPriorityLeastUsedDegradation _,
          Policy.WeightedRandomDpf _,
          Policy.LeastUsedDpf _,
          Policy.LeastUsedDegradationDpf _,
          Policy.PriorityLeastUsedDpf _,
          Policy.PriorityLeastUsedDegradationDpf _,
          Policy.MostUsed _,
          Policy.Extension _ ->
          0;
    };
  }
}
