package io.rserpool.sim.check;

import io.rserpool.engine.element.ElementSettings;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.engine.peers.PeerStatus;
import io.rserpool.engine.registrar.RegistrarSettings;
import io.rserpool.engine.registrar.RegistrarView;
import io.rserpool.engine.user.UserSettings;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A made-up scope of three registrars, for tests of the invariants: everything is said, nothing
/// happens.
final class MadeUp {

  static final long MS = 1_000_000;
  static final PoolHandle POOL = PoolHandle.of("pool");

  /// What a made-up registrar believes.
  static final class View implements RegistrarView {
    final ServerId id;
    final Map<Identity, Element> elements = new LinkedHashMap<>();
    final List<ServerId> peers = new ArrayList<>();
    final SortedMap<String, Integer> sizes = new TreeMap<>();
    boolean isServing = true;
    int checksumFault;
    boolean inStep = true;
    long changes;

    View(ServerId id) {
      this.id = id;
    }

    void knows(Identity identity, ServerId home, boolean living) {
      knows(identity, home, living, 0);
    }

    void knows(Identity identity, ServerId home, boolean living, long load) {
      PoolElementParameter element =
          new PoolElementParameter(
              identity.elementId(),
              home,
              60,
              new AsapTransport.Tcp(new IpAddress.V4(0x0a00_0100), 7),
              new Policy.LeastUsed(load),
              AsapTransport.Absent.INSTANCE);
      elements.put(identity, new Element(identity.handle(), element, living));
      changes++;
    }

    void forgets(Identity identity) {
      elements.remove(identity);
      changes++;
    }

    @Override
    public ServerId id() {
      return id;
    }

    @Override
    public boolean isServing() {
      return isServing;
    }

    @Override
    public long changes() {
      return changes;
    }

    @Override
    public List<Element> elements() {
      return List.copyOf(elements.values());
    }

    @Override
    public int checksum(ServerId home) {
      return InternetChecksum.of(elements.values(), home) + checksumFault;
    }

    @Override
    public List<PeerStatus> peers() {
      return peers.stream()
          .map(peer ->
              new PeerStatus(peer, PeerState.ACTIVE, List.of(), 0, 0, inStep, Duration.ZERO))
          .toList();
    }

    @Override
    public SortedMap<String, Integer> sizes() {
      return sizes;
    }
  }

  final Simulation simulation = new Simulation();
  final Bounds bounds = bounds(Profile.STANDARD, 3);
  final Truth truth = new Truth(simulation, bounds);
  final Checker checker = new Checker(truth, simulation::at);
  final List<View> views = new ArrayList<>();
  final List<@Nullable View> alive = new ArrayList<>();
  final List<RegistrarFacts> registrars = new ArrayList<>();
  final UserFacts user = new UserFacts("pu1", new Quiet());

  MadeUp() {
    for (int i = 0; i < 3; i++) {
      int index = i;
      View view = new View(ServerId.of(i + 1));
      views.add(view);
      alive.add(view);
      RegistrarFacts facts =
          new RegistrarFacts(
              "pr" + (i + 1), new Quiet(), () -> Optional.ofNullable(alive.get(index)));
      registrars.add(facts);
      truth.registrars().add(facts);
    }
    views.forEach(view -> views.forEach(other -> view.peers.add(other.id)));
    views.forEach(view -> view.peers.remove(view.id));
    user.watches(POOL);
    truth.users().add(user);
  }

  static Bounds bounds(Profile profile, int registrars) {
    return new Bounds(
        RegistrarSettings.forProfile(profile),
        ElementSettings.forProfile(profile),
        UserSettings.forProfile(profile),
        new Bounds.Way(MS, 5_000 * MS, 5_000 * MS),
        registrars,
        1);
  }

  ServerId id(int registrar) {
    return views.get(registrar).id;
  }

  /// A callable element that is in its pool, known to all registrars, with the first one as home.
  ElementFacts element(int id) {
    Identity identity = new Identity(POOL, ElementId.of(id));
    ElementFacts facts = new ElementFacts("pe" + id, identity, true, new Quiet());
    facts.is(ElementFacts.State.IN, truth.nowNs());
    truth.elements().put(identity, facts);
    for (int i = 0; i < 3; i++) {
      views.get(i).knows(identity, id(0), i == 0);
    }
    look();
    user.told(POOL, List.copyOf(truth.members(POOL)));
    return facts;
  }

  /// Lets so much time pass that nothing counts as disturbed any more.
  void calm() {
    pass(2 * bounds.settleNs());
  }

  void pass(long ns) {
    simulation.runUntil(simulation.nowNs() + ns);
  }

  void look() {
    for (RegistrarFacts registrar : registrars) {
      List<Observation.Gone> gone = new ArrayList<>();
      if (registrar.look(gone)) {
        checker.observe(new Observation.HandlespaceChanged(registrar, gone));
      }
    }
  }

  void settled() {
    checker.observe(new Observation.Settled());
  }

  void dies(int registrar) {
    RegistrarFacts facts = registrars.get(registrar);
    facts.died(id(registrar), truth.nowNs());
    checker.observe(new Observation.RegistrarDied(facts, id(registrar)));
    facts.quiet().touched(truth.nowNs());
    alive.set(registrar, null);
  }

  void ends(ElementFacts element, ElementFacts.State state) {
    element.is(state, truth.nowNs());
    checker.observe(new Observation.Ended(element));
  }
}
