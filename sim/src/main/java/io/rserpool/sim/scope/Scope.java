package io.rserpool.sim.scope;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.element.ElementSettings;
import io.rserpool.engine.user.UserSettings;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.sim.Simulation;
import io.rserpool.sim.access.Charter;
import io.rserpool.sim.network.Network;
import io.rserpool.sim.network.Node;
import io.rserpool.sim.network.Papers;
import io.rserpool.sim.session.Service;
import io.rserpool.sim.session.SessionPlan;
import io.rserpool.sim.session.Sessions;
import io.rserpool.sim.session.SharedKeys;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.WireForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// An operation scope: all its processes, none of which runs before [#start].
public final class Scope {

  private static final int REGISTRAR_ADDRESSES = 0x0a00_0001;
  private static final int ELEMENT_ADDRESSES = 0x0a00_0100;
  private static final int USER_ADDRESSES = 0x0a00_8000;
  private static final int GUEST_ADDRESSES = 0x0a09_0001;
  private static final long SKEW_MAX_NS = 500_000_000;
  private static final long ORIGIN_MAX_NS = 1_000_000_000_000_000L;

  private final ScopeSettings settings;
  private final Network network;
  private final RandomGenerator.SplittableGenerator random;
  private final ScopeListener listener;
  private final List<PoolHandle> pools = new ArrayList<>();
  private final List<RegistrarProcess> registrars = new ArrayList<>();
  private final List<ElementProcess> elements = new ArrayList<>();
  private final List<UserProcess> users = new ArrayList<>();
  private long sessions;
  private int guests;

  /// A scope whose processes do not run yet.
  public Scope(
      Simulation simulation,
      ScopeSettings settings,
      RandomGenerator.SplittableGenerator random,
      ScopeListener listener) {
    this.settings = settings;
    this.random = random;
    this.listener = listener;
    this.network =
        new Network(
            simulation, settings.profile(), settings.links(), settings.multicast(), random.split());
    for (int i = 0; i < settings.pools(); i++) {
      pools.add(PoolHandle.of("pool" + (i + 1)));
    }
    for (int i = 0; i < settings.registrars(); i++) {
      addRegistrar(i);
    }
    for (int i = 0; i < settings.elements(); i++) {
      addElement(i);
    }
    for (int i = 0; i < settings.users(); i++) {
      addUser(i);
    }
    if (settings.sessions().isAny()) {
      addSessions(random.split());
    }
  }

  /// Starts all processes.
  public void start() {
    registrars.forEach(RegistrarProcess::start);
    elements.forEach(ElementProcess::start);
    users.forEach(UserProcess::start);
  }

  /// Who is in it, and how.
  public ScopeSettings settings() {
    return settings;
  }

  /// What connects them.
  public Network network() {
    return network;
  }

  /// The pools that elements join.
  public List<PoolHandle> pools() {
    return List.copyOf(pools);
  }

  /// All registrars, dead ones too.
  public List<RegistrarProcess> registrars() {
    return List.copyOf(registrars);
  }

  /// All elements, dead ones too.
  public List<ElementProcess> elements() {
    return List.copyOf(elements);
  }

  /// All users, dead ones too.
  public List<UserProcess> users() {
    return List.copyOf(users);
  }

  /// All processes: registrars, elements, users.
  public List<Participant> all() {
    List<Participant> all = new ArrayList<>(registrars);
    all.addAll(elements);
    all.addAll(users);
    return all;
  }

  /// Puts a machine on its network that belongs to nobody of it.
  public Node guest(Papers papers) {
    Node node = node("ad", guests++, GUEST_ADDRESSES);
    node.papers(papers);
    return node;
  }

  /// Puts another charter into force at all registrars, and at those that start from now on.
  public void charter(Charter charter) {
    registrars.forEach(registrar -> registrar.charter(charter));
  }

  private void addRegistrar(int index) {
    List<Endpoint> peers = new ArrayList<>();
    for (int i = 0; i < settings.registrars(); i++) {
      if (i != index && !settings.presences()) {
        peers.add(endpoint(i, RegistrarProcess.ENRP_PORT));
      }
    }
    Node node = member("pr", index, REGISTRAR_ADDRESSES, "registrar");
    registrars.add(new RegistrarProcess(node, settings, peers, random.split(), listener));
  }

  private void addElement(int index) {
    boolean isCallable = !isEvery(settings.hiddenElements(), index);
    // An element that cannot be called and knows one registrar cannot be saved when that dies.
    boolean isNarrow = isCallable && isEvery(settings.narrowElements(), index);
    ElementSettings own =
        settings.element().withRegistrars(isNarrow ? oneRegistrar() : registrarEndpoints());
    PoolHandle handle = pools.get(index % pools.size());
    Node node = member("pe", index, ELEMENT_ADDRESSES, "element");
    elements.add(new ElementProcess(node, handle, isCallable, own, random.split(), listener));
  }

  private static boolean isEvery(int period, int index) {
    return period > 0 && index % period == period - 1;
  }

  private void addUser(int index) {
    UserSettings own = settings.user().withRegistrars(registrarEndpoints());
    Node node = member("pu", index, USER_ADDRESSES, "user");
    users.add(new UserProcess(node, own, random.split(), listener));
  }

  private void addSessions(RandomGenerator.SplittableGenerator source) {
    SessionPlan plan = settings.sessions();
    AsapCodec codec = new AsapCodec(WireForm.of(settings.profile()));
    SharedKeys keys =
        new SharedKeys(plan.cookieAge(), Duration.ofNanos(2 * SKEW_MAX_NS), source.split());
    for (ElementProcess element : elements) {
      Node node = element.node();
      node.skew(source.nextLong(-SKEW_MAX_NS, SKEW_MAX_NS));
      element.serves(of ->
          new Service(node, of.handle(), of::id, plan, keys, codec, source.split(), listener));
    }
    for (UserProcess user : users) {
      boolean lies = user == users.getLast();
      user.has(of ->
          new Sessions(
              of.node(),
              of,
              pools,
              plan,
              settings.sessionTimes(),
              codec,
              () -> ++sessions,
              lies,
              source.split(),
              listener));
    }
  }

  private List<Endpoint> registrarEndpoints() {
    List<Endpoint> all = new ArrayList<>();
    for (int i = 0; i < settings.registrars(); i++) {
      all.add(endpoint(i, RegistrarProcess.ASAP_PORT));
    }
    return all;
  }

  private List<Endpoint> oneRegistrar() {
    return List.of(endpoint(random.nextInt(settings.registrars()), RegistrarProcess.ASAP_PORT));
  }

  private static Endpoint endpoint(int registrar, int port) {
    IpAddress address = new IpAddress.V4(REGISTRAR_ADDRESSES + registrar);
    return Endpoint.of(Endpoint.Scheme.TCP, address.toString(), port);
  }

  private Node member(String kind, int index, int addresses, String role) {
    Node node = node(kind, index, addresses);
    if (settings.charter().isSecured()) {
      node.papers(Papers.of(Charter.name(role, node.name())));
    }
    return node;
  }

  private Node node(String kind, int index, int addresses) {
    long originNs = random.nextLong(-ORIGIN_MAX_NS, ORIGIN_MAX_NS);
    long drift = settings.driftMaxPpm();
    long ppm = drift == 0 ? 0 : random.nextLong(-drift, drift + 1);
    return network.node(kind + (index + 1), new IpAddress.V4(addresses + index), originNs, ppm);
  }
}
