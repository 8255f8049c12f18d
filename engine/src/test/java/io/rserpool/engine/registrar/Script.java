package io.rserpool.engine.registrar;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.ParameterEncoder;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A registrar engine under a script of times and inputs. Time moves by [#to]; on the way the
/// engine is
/// called exactly when it wants to be.
final class Script {

  static final ServerId ID = ServerId.of(0x1111_1111);
  static final PoolHandle POOL = PoolHandle.of("echo");
  static final long MS = 1_000_000;

  /// An effect and when it came.
  record Seen(long atNs, Effect effect) {}

  private final RegistrarEngine engine;
  private final List<Seen> seen = new ArrayList<>();
  private long nowNs;
  private boolean answersKeepAlives;
  private long mutedUpTo;

  Script(Profile profile) {
    this(RegistrarSettings.forProfile(profile));
  }

  Script(RegistrarSettings settings) {
    this(settings, AccessPolicy.OPEN);
  }

  Script(RegistrarSettings settings, AccessPolicy policy) {
    engine = new RegistrarEngine(settings, ID, new Quotes(), new SplittableRandom(1), policy);
  }

  /// Elements answer every keep-alive at once from now on, or not any more.
  Script answering(boolean answers) {
    answersKeepAlives = answers;
    return this;
  }

  /// Of the answering elements, those up to number `n` are silent from now on.
  Script muted(long n) {
    mutedUpTo = n;
    return this;
  }

  /// Lets time pass, the engine being woken in time.
  Script to(long atNs) {
    while (engine.nextDeadlineNs() <= atNs) {
      nowNs = Math.max(nowNs, engine.nextDeadlineNs());
      int before = seen.size();
      engine.tick(nowNs, this::take);
      answerSince(before);
    }
    nowNs = Math.max(nowNs, atNs);
    return this;
  }

  Script toMs(long ms) {
    return to(ms * MS);
  }

  /// Lets time pass without waking the engine: it, not the world, has stopped.
  Script stallTo(long atNs) {
    nowNs = atNs;
    return this;
  }

  Script tick() {
    engine.tick(nowNs, this::take);
    return this;
  }

  long nowNs() {
    return nowNs;
  }

  long nextDeadlineNs() {
    return engine.nextDeadlineNs();
  }

  Script input(Input input) {
    engine.handle(nowNs, input, this::take);
    return this;
  }

  /// A peer opens association `n` from 10.0.0.n.
  Script up(long n) {
    return up(n, List.of(address(n)), PeerIdentity.ANONYMOUS);
  }

  Script upFrom(long n, IpAddress source) {
    return up(n, List.of(source), PeerIdentity.ANONYMOUS);
  }

  Script upAs(long n, String name) {
    return up(n, List.of(address(n)), new PeerIdentity(name));
  }

  RegistrarView view() {
    return engine.view();
  }

  Script up(long n, List<IpAddress> sources, PeerIdentity identity) {
    return up(n, AssociationKind.ASAP, TransportAddress.Kind.TCP, sources, identity);
  }

  Script up(
      long n,
      AssociationKind kind,
      TransportAddress.Kind transport,
      List<IpAddress> sources,
      PeerIdentity identity) {
    return input(
        new Input.AssociationUp(
            new AssociationId(n),
            kind,
            transport,
            sources,
            40_000,
            new AsapTransport.Tcp(address(200), 3863),
            identity));
  }

  Script down(long n, LossReason reason) {
    return input(new Input.AssociationDown(new AssociationId(n), reason, "test"));
  }

  Script asap(long n, AsapMessage message) {
    return input(new Input.AsapReceived(new AssociationId(n), message, List.of()));
  }

  /// Element `n` registers over association `n`, which is opened first.
  Script joined(long n) {
    return up(n).asap(n, new AsapRegistration(POOL, element(n)));
  }

  /// The first `count` elements are all asked now, since somebody reports each of them.
  Script asksAllAtOnce(int count) {
    upFrom(300, new IpAddress.V4(0x7f00_0001));
    for (int n = 1; n <= count; n++) {
      asap(300, new AsapEndpointUnreachable(POOL, ElementId.of(n)));
    }
    return this;
  }

  Script answer(long n) {
    return asap(n, new AsapEndpointKeepAliveAck(POOL, ElementId.of((int) n)));
  }

  /// All effects since the last time this was asked.
  List<Seen> seen() {
    List<Seen> result = List.copyOf(seen);
    seen.clear();
    return result;
  }

  /// What was sent on an association, since effects were last asked for.
  List<AsapMessage> sent(long n) {
    List<AsapMessage> messages = new ArrayList<>();
    for (Seen one : seen) {
      if (one.effect() instanceof Effect.SendAsap(AssociationId id, AsapMessage message)
          && id.value() == n) {
        messages.add(message);
      }
    }
    return messages;
  }

  /// The events of a kind, since effects were last asked for.
  <E extends Event> List<E> events(Class<E> kind) {
    List<E> events = new ArrayList<>();
    for (Seen one : seen) {
      if (one.effect() instanceof Effect.Emit(Event event) && kind.isInstance(event)) {
        events.add(kind.cast(event));
      }
    }
    return events;
  }

  <F extends Effect> List<F> effects(Class<F> kind) {
    return seen.stream().map(Seen::effect).filter(kind::isInstance).map(kind::cast).toList();
  }

  /// When keep-alives were sent on an association.
  List<Long> keepAliveTimes(long n) {
    return seen.stream()
        .filter(one ->
            one.effect() instanceof Effect.SendAsap(AssociationId id, AsapMessage message)
                && id.value() == n
                && message instanceof AsapEndpointKeepAlive)
        .map(Seen::atNs)
        .toList();
  }

  /// Lets time pass until the next keep-alive on association `n`, and forgets what came before.
  long nextKeepAlive(long n) {
    seen.clear();
    while (keepAliveTimes(n).isEmpty()) {
      to(engine.nextDeadlineNs());
    }
    long atNs = keepAliveTimes(n).getFirst();
    seen.clear();
    return atNs;
  }

  AsapRegistrationResponse registrationResponse(long n) {
    return (AsapRegistrationResponse)
        sent(n).stream()
            .filter(AsapRegistrationResponse.class::isInstance)
            .findFirst()
            .orElseThrow();
  }

  RegistrarResult.Status status() {
    input(new RegistrarRequest.Status(99));
    return (RegistrarResult.Status) effects(Effect.Reply.class).getLast().result();
  }

  static IpAddress address(long n) {
    return new IpAddress.V4((int) (0x0a00_0000 + n));
  }

  static AsapTransport.Tcp service(long n) {
    return new AsapTransport.Tcp(address(n), 7000);
  }

  static PoolElementParameter element(long n) {
    return element(n, service(n), Policy.RoundRobin.INSTANCE, AsapTransport.Absent.INSTANCE);
  }

  static PoolElementParameter callable(long n) {
    return element(
        n, service(n), Policy.RoundRobin.INSTANCE, new AsapTransport.Tcp(address(n), 5000));
  }

  static PoolElementParameter element(
      long n, TransportAddress user, Policy policy, AsapTransport asap) {
    return new PoolElementParameter(ElementId.of((int) n), ServerId.NONE, 60, user, policy, asap);
  }

  private void take(Effect effect) {
    seen.add(new Seen(nowNs, effect));
  }

  private void answerSince(int from) {
    if (!answersKeepAlives) {
      return;
    }
    List<Seen> fresh = List.copyOf(seen.subList(from, seen.size()));
    for (Seen one : fresh) {
      if (one.effect() instanceof Effect.SendAsap(AssociationId id, AsapMessage message)
          && message instanceof AsapEndpointKeepAlive
          && id.value() > mutedUpTo) {
        answer(id.value());
      }
    }
  }

  /// Quotes parameters by their text.
  private static final class Quotes implements ParameterEncoder {
    @Override
    public Octets handle(PoolHandle handle) {
      return Octets.ofUtf8("handle " + handle);
    }

    @Override
    public Octets policy(Policy policy) {
      return Octets.ofUtf8("policy " + policy.type());
    }

    @Override
    public Octets transport(TransportAddress transport) {
      return Octets.ofUtf8("transport " + transport.kind());
    }

    @Override
    public Octets element(PoolElementParameter element) {
      return Octets.ofUtf8("element " + element.elementId());
    }
  }
}
