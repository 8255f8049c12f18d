package io.rserpool.sim.session;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.LossReason;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.sim.network.Link;
import io.rserpool.sim.network.Node;
import io.rserpool.sim.network.Resident;
import io.rserpool.wire.AsapCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// All sessions of one life of a user process.
public final class Sessions implements Resident {

  private final Node node;
  private final Registry registry;
  private final List<PoolHandle> pools;
  private final SessionPlan plan;
  private final SessionTimes times;
  private final AsapCodec codec;
  private final LongSupplier numbers;
  private final boolean lies;
  private final RandomGenerator.SplittableGenerator random;
  private final SessionListener listener;
  private final List<LinkOwner> owners = new ArrayList<>();
  private final HashMap<Link, LinkOwner> byLink = new HashMap<>();

  /// No sessions yet.
  ///
  /// @param times from which the settings of each session are drawn
  /// @param numbers gives each session a number that no other one in the scope has
  /// @param lies whether somebody else in the process shows cookies that nobody should show
  public Sessions(
      Node node,
      Registry registry,
      List<PoolHandle> pools,
      SessionPlan plan,
      SessionTimes times,
      AsapCodec codec,
      LongSupplier numbers,
      boolean lies,
      RandomGenerator.SplittableGenerator random,
      SessionListener listener) {
    this.node = node;
    this.registry = registry;
    this.pools = List.copyOf(pools);
    this.plan = plan;
    this.times = times;
    this.codec = codec;
    this.numbers = numbers;
    this.lies = lies;
    this.random = random;
    this.listener = listener;
  }

  /// Opens them.
  public void open() {
    for (int i = 0; i < plan.perUser(); i++) {
      SessionHost host = host(pools.get(random.nextInt(pools.size())));
      owners.add(host);
      host.open();
    }
    if (lies) {
      owners.add(new Liar(this, random.split()));
    }
  }

  private SessionHost host(PoolHandle handle) {
    return new SessionHost(this, handle, numbers.getAsLong(), random.split());
  }

  /// Lets an application want something.
  ///
  /// @param which of them
  /// @param count how much at once
  public void ask(int which, int count) {
    node.run(() -> {
      if (owners.get(which) instanceof SessionHost host) {
        host.ask(count);
      }
    });
  }

  /// The registrar told the state of a pool.
  public void changed(PoolHandle handle, List<PoolElementParameter> elements, boolean isPushed) {
    for (LinkOwner owner : List.copyOf(owners)) {
      owner.changed(handle, elements, isPushed);
    }
  }

  /// The process is no more.
  public void gone() {
    owners.forEach(LinkOwner::gone);
  }

  /// Another session takes the place of one that is over.
  void replace(SessionHost over) {
    over.gone();
    SessionHost next = host(over.handle());
    owners.set(owners.indexOf(over), next);
    next.open();
  }

  /// Calls an element for one of them.
  Link call(LinkOwner owner, PoolElementParameter element, Duration limit) {
    TransportAddress to = element.userTransport();
    String host = to.addresses().getFirst().toString();
    Link link = node.call(Endpoint.of(Endpoint.Scheme.TCP, host, to.port()), limit.toNanos());
    byLink.put(link, owner);
    return link;
  }

  long nextNumber() {
    return numbers.getAsLong();
  }

  void disown(Link link) {
    byLink.remove(link);
  }

  Node node() {
    return node;
  }

  Registry registry() {
    return registry;
  }

  SessionPlan plan() {
    return plan;
  }

  SessionTimes times() {
    return times;
  }

  AsapCodec codec() {
    return codec;
  }

  void tell(SessionDeed deed) {
    listener.happened(deed);
  }

  @Override
  public void up(Link link) {
    LinkOwner owner = byLink.get(link);
    if (owner != null) {
      owner.up(link);
    }
  }

  @Override
  public void received(Link link, int ppid, byte[] message) {
    LinkOwner owner = byLink.get(link);
    if (owner != null) {
      owner.received(link, ppid, message);
    }
  }

  @Override
  public void roomy(Link link) {
    LinkOwner owner = byLink.get(link);
    if (owner != null) {
      owner.roomy(link);
    }
  }

  @Override
  public void down(Link link, LossReason reason, String detail) {
    @Nullable LinkOwner owner = byLink.remove(link);
    if (owner != null) {
      owner.down(link, reason, detail);
    }
  }

  @Override
  public void tick(long nowNs) {
    for (LinkOwner owner : List.copyOf(owners)) {
      if (owner.nextDeadlineNs() <= nowNs) {
        owner.tick(nowNs);
      }
    }
  }

  @Override
  public long nextDeadlineNs() {
    long nextNs = Engine.NEVER;
    for (LinkOwner owner : owners) {
      nextNs = Math.min(nextNs, owner.nextDeadlineNs());
    }
    return nextNs;
  }
}
