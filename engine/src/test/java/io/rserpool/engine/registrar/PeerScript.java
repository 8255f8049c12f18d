package io.rserpool.engine.registrar;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.engine.peers.PeerStatus;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import io.rserpool.protocol.enrp.UpdateAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SplittableRandom;

/// One registrar engine among registrars and elements that are only played. The registrar has
/// identifier 0x50000000; peer `n` (1 to 15) has `n` as its first digit, speaks on association
/// `100 + n` if it has called, and listens at 10.0.0.(100 + n):9901. Element `n` (1 to 99) speaks on
/// association `n` and answers keep-alives.
final class PeerScript extends PeerRecord {

  static final ServerId ID = ServerId.of(0x5000_0000);
  static final long MS = 1_000_000;
  static final AsapTransport.Tcp HERE = new AsapTransport.Tcp(Script.address(200), 9_901);

  private final RegistrarEngine engine;
  private final Profile profile;
  private final Map<Long, AssociationId> lines = new LinkedHashMap<>();
  private final SequencedSet<Long> lively = new LinkedHashSet<>();
  private final SequencedSet<Long> mute = new LinkedHashSet<>();
  private long nowNs;

  PeerScript(Profile profile) {
    this(RegistrarSettings.forProfile(profile));
  }

  PeerScript(RegistrarSettings settings) {
    this(settings, AccessPolicy.OPEN);
  }

  PeerScript(RegistrarSettings settings, AccessPolicy policy) {
    profile = settings.profile();
    engine = new RegistrarEngine(settings, ID, new PeerQuotes(), new SplittableRandom(7), policy);
  }

  /// A registrar of a secured scope that was alone at its start, and is ready; then these peers have
  /// come to it, each under the name that belongs to it.
  static PeerScript securedAmong(AccessPolicy policy, long... peers) {
    RegistrarSettings settings = RegistrarSettings.forProfile(Profile.STANDARD);
    PeerScript script = new PeerScript(settings, policy).start().toMs(2_000);
    for (long n : peers) {
      script.opensAs(n, 100 + n, registrarName(n)).presence(n, false);
    }
    return script.forget();
  }

  static String registrarName(long n) {
    return "rserpool://s/registrar/r" + n;
  }

  static String elementName(long n) {
    return "rserpool://s/element/e" + n;
  }

  /// A registrar that was alone at its start, and is ready; then these peers have come to it.
  static PeerScript among(Profile profile, long... peers) {
    return among(RegistrarSettings.forProfile(profile), peers);
  }

  static PeerScript among(RegistrarSettings settings, long... peers) {
    PeerScript script = new PeerScript(settings).start().toMs(2_000);
    for (long n : peers) {
      script.joins(n).presence(n, false);
    }
    return script.forget();
  }

  static ServerId id(long n) {
    return ServerId.of((int) (n * 0x1000_0000L));
  }

  static Endpoint endpoint(long n) {
    return Endpoint.of(Endpoint.Scheme.TCP, "10.0.0." + (100 + n), 9_901);
  }

  static ServerInformation information(long n) {
    return new ServerInformation(
        id(n), List.of(new AsapTransport.Tcp(Script.address(100 + n), 9_901)));
  }

  /// An element that cannot be called, with a home, for ever.
  static PoolElementParameter at(long home, long n) {
    return at(home, n, PoolElementParameter.LIFE_INFINITE);
  }

  static PoolElementParameter at(long home, long n, int life) {
    PoolElementParameter element = Script.element(n);
    return new PoolElementParameter(
        element.elementId(),
        id(home),
        life,
        element.userTransport(),
        element.policy(),
        element.asapTransport());
  }

  /// An element that can be called, with a home, for ever.
  static PoolElementParameter callable(long home, long n) {
    return at(home, n).withAsapTransport(new AsapTransport.Tcp(Script.address(n), 5_000));
  }

  Profile profile() {
    return profile;
  }

  RegistrarView view() {
    return engine.view();
  }

  long nowNs() {
    return nowNs;
  }

  long nextDeadlineNs() {
    return engine.nextDeadlineNs();
  }

  PeerScript start(long... peers) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (long n : peers) {
      endpoints.add(n == 0 ? Endpoint.of(HERE) : endpoint(n));
    }
    return input(new RegistrarRequest.Start(1, List.of(), List.of(HERE), true, endpoints));
  }

  // Time.

  PeerScript to(long atNs) {
    while (engine.nextDeadlineNs() <= atNs) {
      nowNs = Math.max(nowNs, engine.nextDeadlineNs());
      tick();
    }
    nowNs = Math.max(nowNs, atNs);
    return this;
  }

  PeerScript toMs(long ms) {
    return to(ms * MS);
  }

  PeerScript passMs(long ms) {
    return to(nowNs + ms * MS);
  }

  /// Time passes, but the registrar sleeps.
  PeerScript sleepMs(long ms) {
    nowNs += ms * MS;
    return this;
  }

  PeerScript tick() {
    int before = seen().size();
    engine.tick(nowNs, effect -> take(nowNs, effect));
    react(before);
    return this;
  }

  PeerScript input(Input input) {
    int before = seen().size();
    engine.handle(nowNs, input, effect -> take(nowNs, effect));
    react(before);
    return this;
  }

  // Peers.

  /// These peers answer every presence with their own from now on.
  PeerScript lively(long... peers) {
    for (long n : peers) {
      lively.add(n);
    }
    return this;
  }

  PeerScript silent(long... peers) {
    for (long n : peers) {
      lively.remove(n);
    }
    return this;
  }

  /// A peer calls and says that it is there.
  PeerScript joins(long n) {
    return opens(n).presence(n, false);
  }

  PeerScript opens(long n) {
    return opens(n, 100 + n);
  }

  PeerScript opens(long n, long association) {
    return opensAs(n, association, "");
  }

  PeerScript opensAs(long n, long association, String name) {
    lines.put(n, new AssociationId(association));
    return up(
        new AssociationId(association), AssociationKind.ENRP, 100 + n, new PeerIdentity(name));
  }

  /// The peer takes the call of the registrar that is under way.
  PeerScript accepts(long n) {
    return acceptsAs(n, "");
  }

  PeerScript acceptsAs(long n, String name) {
    AssociationId call = pending(endpoint(n)).orElseThrow();
    lines.put(n, call);
    return up(call, AssociationKind.ENRP, 100 + n, new PeerIdentity(name));
  }

  /// The call of the registrar comes to nothing.
  PeerScript fails(long n, LossReason reason) {
    return lost(pending(endpoint(n)).orElseThrow(), reason);
  }

  /// The association with the peer is gone.
  PeerScript loses(long n, LossReason reason) {
    return lost(lines.remove(n), reason);
  }

  PeerScript lost(AssociationId association, LossReason reason) {
    return input(new Input.AssociationDown(association, reason, "test"));
  }

  /// A presence with the checksum that the registrar expects.
  PeerScript presence(long n, boolean replyRequired) {
    return presence(n, replyRequired, view().checksum(id(n)));
  }

  PeerScript presence(long n, boolean replyRequired, int checksum) {
    return says(n, new EnrpPresence(id(n), ServerId.NONE, replyRequired, checksum, information(n)));
  }

  PeerScript says(long n, EnrpMessage message) {
    return says(lines.get(n), message);
  }

  PeerScript says(AssociationId association, EnrpMessage message) {
    return input(new Input.EnrpReceived(association, message, List.of()));
  }

  PeerScript adds(long n, PoolElementParameter element) {
    return update(n, UpdateAction.ADD_PE, element);
  }

  PeerScript deletes(long n, PoolElementParameter element) {
    return update(n, UpdateAction.DEL_PE, element);
  }

  private PeerScript update(long n, UpdateAction action, PoolElementParameter element) {
    return says(n, new EnrpHandleUpdate(id(n), ServerId.NONE, action, false, Script.POOL, element));
  }

  // Elements.

  /// Element `n` registers over association `n`, which is opened first.
  PeerScript registers(long n) {
    return registers(n, n, Script.element(n));
  }

  PeerScript registers(long n, long association, PoolElementParameter element) {
    return registersAs(n, association, element, "");
  }

  PeerScript registersAs(long n, long association, PoolElementParameter element, String name) {
    up(new AssociationId(association), AssociationKind.ASAP, n, new PeerIdentity(name));
    return asap(association, new AsapRegistration(Script.POOL, element));
  }

  PeerScript asap(long association, AsapMessage message) {
    return input(new Input.AsapReceived(new AssociationId(association), message, List.of()));
  }

  /// Elements that do not answer keep-alives, numbered as their associations.
  PeerScript mute(long... associations) {
    for (long n : associations) {
      mute.add(n);
    }
    return this;
  }

  /// The call of the registrar to element `n` is accepted.
  AssociationId takesCall(long n) {
    return takesCallAs(n, "");
  }

  AssociationId takesCallAs(long n, String name) {
    AssociationId call = pending(elementEndpoint(n)).orElseThrow();
    up(call, AssociationKind.ASAP, n, new PeerIdentity(name));
    return call;
  }

  Optional<AssociationId> callTo(long element) {
    return pending(elementEndpoint(element));
  }

  static Endpoint elementEndpoint(long n) {
    return Endpoint.of(Endpoint.Scheme.TCP, "10.0.0." + n, 5_000);
  }

  PeerScript up(AssociationId id, AssociationKind kind, long from, PeerIdentity identity) {
    return input(
        new Input.AssociationUp(
            id,
            kind,
            TransportAddress.Kind.TCP,
            List.<IpAddress>of(Script.address(from)),
            40_000,
            new AsapTransport.Tcp(
                Script.address(200), kind == AssociationKind.ENRP ? 9_901 : 3_863),
            identity));
  }

  PeerScript forget() {
    forgetSeen();
    return this;
  }

  Optional<PeerStatus> peer(long n) {
    return view().peers().stream().filter(peer -> peer.id().equals(id(n))).findFirst();
  }

  Optional<PeerState> state(long n) {
    return peer(n).map(PeerStatus::state);
  }

  Optional<PoolElementParameter> element(long n) {
    return view().elements().stream()
        .map(RegistrarView.Element::element)
        .filter(element -> element.elementId().equals(ElementId.of((int) n)))
        .findFirst();
  }

  Optional<ServerId> home(long n) {
    return element(n).map(PoolElementParameter::homeId);
  }

  @Override
  AssociationId line(long n) {
    return lines.get(n);
  }

  private void react(int from) {
    for (Seen one : List.copyOf(seen().subList(from, seen().size()))) {
      if (one.effect() instanceof Effect.SendAsap(AssociationId to, AsapMessage message)
          && message instanceof AsapEndpointKeepAlive
          && to.value() > 0
          && !mute.contains(to.value())) {
        asap(
            to.value(),
            new AsapEndpointKeepAliveAck(Script.POOL, ElementId.of((int) (to.value() % 1_000))));
      }
      if (one.effect() instanceof Effect.SendEnrp(AssociationId to, EnrpMessage message)
          && message instanceof EnrpPresence) {
        for (long n : lively) {
          if (to.equals(lines.get(n))) {
            presence(n, false);
          }
        }
      }
    }
  }
}
