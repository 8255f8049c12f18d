package io.rserpool.engine.registrar;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SequencedSet;
import java.util.stream.Stream;

/// A scope of registrar engines and simple elements in virtual time. What is sent arrives in order,
/// 2 ms later; links can be cut, which holds everything back until they heal. Registrars are numbered
/// from 1 and have that number as the first digit of their identifiers; elements are numbered from 1,
/// too.
final class PeerScope {

  static final long MS = 1_000_000;
  static final long DELAY_NS = 2 * MS;

  /// How long a call through a cut link takes to fail.
  private static final long UNREACHABLE_NS = 1_000 * MS;

  /// Something that lives at an address.
  interface Node {
    String host();

    boolean isDead();

    /// The other side is there, or this node was called.
    void up(PeerScopeLine line, boolean called);

    void received(PeerScopeLine line, Object message);

    void down(PeerScopeLine line, LossReason reason);
  }

  /// An event of a registrar, and when it came.
  record Told(long atNs, int registrar, PeerEvent event) {}

  private record Step(long atNs, long number, Runnable action) {}

  private final RegistrarSettings settings;
  private final PriorityQueue<Step> steps =
      new PriorityQueue<>(
          java.util.Comparator.comparingLong(Step::atNs).thenComparingLong(Step::number));
  private final Map<Integer, PeerScopeRegistrar> registrars = new LinkedHashMap<>();
  private final Map<Integer, PeerScopeElement> elements = new LinkedHashMap<>();
  private final Map<String, Node> byHost = new LinkedHashMap<>();
  private final SequencedSet<String> cuts = new LinkedHashSet<>();
  private final List<PeerScopeLine> lines = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private long nowNs;
  private long nextStep;
  private long sent;

  PeerScope(Profile profile) {
    this(RegistrarSettings.forProfile(profile));
  }

  PeerScope(RegistrarSettings settings) {
    this.settings = settings;
  }

  /// The given registrars, each knowing all of them, have started one after the other.
  static PeerScope of(Profile profile, int count) {
    PeerScope scope = new PeerScope(profile);
    for (int i = 1; i <= count; i++) {
      scope.starts(i, count).passMs(100);
    }
    return scope.passMs(profile == Profile.RFC ? 35_000 : 6_000);
  }

  static ServerId id(int registrar) {
    return ServerId.of((int) (registrar * 0x1000_0000L));
  }

  /// A registrar starts, and knows the addresses of all.
  PeerScope starts(int n, int count) {
    List<Endpoint> peers = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      if (i != n) {
        peers.add(Endpoint.of(Endpoint.Scheme.TCP, PeerScopeRegistrar.host(i), 9_901));
      }
    }
    return starts(n, id(n), peers);
  }

  PeerScope starts(int n, ServerId serverId, List<Endpoint> peers) {
    PeerScopeRegistrar registrar = new PeerScopeRegistrar(this, n, serverId, settings);
    registrars.put(n, registrar);
    byHost.put(registrar.host(), registrar);
    registrar.start(peers);
    return this;
  }

  PeerScope joins(int n, int home, boolean callable) {
    PeerScopeElement element = new PeerScopeElement(this, n, home, callable);
    elements.put(n, element);
    byHost.put(element.host(), element);
    element.begin();
    return this;
  }

  PeerScope kills(int n) {
    registrar(n).kill();
    return this;
  }

  PeerScope freezes(int n) {
    registrar(n).freeze();
    return this;
  }

  PeerScope thaws(int n) {
    registrar(n).thaw();
    return this;
  }

  /// Nothing passes between two hosts any more.
  PeerScope cuts(String one, String other) {
    cuts.add(pair(one, other));
    return this;
  }

  PeerScope cuts(int one, int other) {
    return cuts(PeerScopeRegistrar.host(one), PeerScopeRegistrar.host(other));
  }

  /// All links are as they were, and what was held back arrives.
  PeerScope heals() {
    cuts.clear();
    lines.forEach(PeerScopeLine::release);
    return this;
  }

  PeerScope passMs(long ms) {
    long untilNs = nowNs + ms * MS;
    while (true) {
      PeerScopeRegistrar first = null;
      for (PeerScopeRegistrar registrar : registrars.values()) {
        if (first == null || registrar.nextNs() < first.nextNs()) {
          first = registrar;
        }
      }
      long stepNs = steps.isEmpty() ? Long.MAX_VALUE : steps.peek().atNs();
      long tickNs = first == null ? Long.MAX_VALUE : first.nextNs();
      if (Math.min(stepNs, tickNs) > untilNs) {
        nowNs = untilNs;
        return this;
      }
      // All input comes before the deadlines of the same moment.
      if (stepNs <= tickNs) {
        Step step = steps.remove();
        nowNs = step.atNs();
        step.action().run();
      } else if (first != null) {
        nowNs = Math.max(nowNs, tickNs);
        first.tick();
      }
    }
  }

  // For the nodes.

  long nowNs() {
    return nowNs;
  }

  Profile profile() {
    return settings.profile();
  }

  void after(long delayNs, Runnable action) {
    steps.add(new Step(nowNs + delayNs, nextStep++, action));
  }

  boolean isCut(Node one, Node other) {
    return cuts.contains(pair(one.host(), other.host()));
  }

  PeerScopeLine call(Node caller, Endpoint endpoint, boolean enrp) {
    Node called = byHost.get(endpoint.hosts().getFirst());
    PeerScopeLine line = new PeerScopeLine(this, caller, called, enrp);
    lines.add(line);
    if (called == null || isCut(caller, called)) {
      after(UNREACHABLE_NS, () -> line.fail(LossReason.UNREACHABLE));
    } else if (called.isDead()) {
      after(2 * DELAY_NS, () -> line.fail(LossReason.REFUSED));
    } else {
      line.open();
    }
    return line;
  }

  void tell(int registrar, PeerEvent event) {
    told.add(new Told(nowNs, registrar, event));
  }

  void countMessage() {
    sent++;
  }

  // For looking at.

  long sent() {
    return sent;
  }

  PeerScopeRegistrar registrar(int n) {
    return Optional.ofNullable(registrars.get(n)).orElseThrow();
  }

  PeerScopeElement element(int n) {
    return Optional.ofNullable(elements.get(n)).orElseThrow();
  }

  Stream<PeerScopeRegistrar> living() {
    return registrars.values().stream().filter(registrar -> !registrar.isDead());
  }

  List<PeerScopeElement> elements() {
    return List.copyOf(elements.values());
  }

  /// The home of an element as a registrar has it.
  Optional<ServerId> home(int registrar, int element) {
    return registrar(registrar).view().elements().stream()
        .map(RegistrarView.Element::element)
        .filter(e -> e.elementId().equals(ElementId.of(element)))
        .map(PoolElementParameter::homeId)
        .findFirst();
  }

  <E extends PeerEvent> List<Told> told(Class<E> kind) {
    return told.stream().filter(one -> kind.isInstance(one.event())).toList();
  }

  /// What the scope is about, without an answer if all is well: every living registrar serves, has
  /// all others as peers in step, and the same elements with the same homes; each element has the
  /// home that it thinks it has.
  Optional<String> trouble() {
    List<PeerScopeRegistrar> all = living().toList();
    List<PoolElementParameter> first = null;
    for (PeerScopeRegistrar one : all) {
      RegistrarView view = one.view();
      if (!view.isServing()) {
        return Optional.of(one + " does not serve");
      }
      List<ServerId> others =
          all.stream()
              .filter(other -> other != one)
              .map(other -> other.view().id())
              .sorted()
              .toList();
      if (!view.peers().stream().map(peer -> peer.id()).toList().equals(others)) {
        return Optional.of(one + " has the peers " + view.peers());
      }
      if (!view.peers().stream().allMatch(peer -> peer.inStep())) {
        return Optional.of(one + " is out of step: " + view.peers());
      }
      List<PoolElementParameter> seen =
          view.elements().stream().map(RegistrarView.Element::element).toList();
      if (first != null && !seen.equals(first)) {
        return Optional.of(one + " has " + seen + ", but others have " + first);
      }
      first = seen;
    }
    for (PeerScopeElement element : elements.values()) {
      for (PeerScopeRegistrar one : all) {
        Optional<ServerId> home = home(one.number(), element.number());
        if (!home.equals(element.home())) {
          return Optional.of(
              one + " has " + element + " at " + home + ", it is at " + element.home());
        }
      }
    }
    return Optional.empty();
  }

  private static String pair(String one, String other) {
    return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
  }
}
