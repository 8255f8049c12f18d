package io.rserpool.engine.hunt;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import io.rserpool.protocol.asap.AsapType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/// Throws anything at an engine, sensible or not, and checks after every step what must always
/// hold.
public final class Chaos {

  private static final int TICKS_MAX = 20_000;

  private final Engine engine;
  private final SplittableRandom random;
  private final LongFunction<Input.Request> requests;
  private final long answerWithinNs;
  private final Set<AssociationId> calls = new LinkedHashSet<>();
  private final Set<AssociationId> up = new LinkedHashSet<>();
  private final Map<Long, Long> waitingSinceNs = new LinkedHashMap<>();
  private final int outgoingMax;
  private ElementId latestId = ElementId.of(1);
  private long nowNs;
  private long nextRequest = 1;
  private long nextIncoming = 1;
  private long effects;

  /// @param requests makes the request with a given number
  /// @param answerWithinNs how long a request may wait at most
  /// @param outgoingMax how many called associations may be up at once
  public Chaos(
      Engine engine,
      long seed,
      LongFunction<Input.Request> requests,
      long answerWithinNs,
      int outgoingMax) {
    this.engine = engine;
    random = new SplittableRandom(seed);
    this.requests = requests;
    this.answerWithinNs = answerWithinNs;
    this.outgoingMax = outgoingMax;
  }

  /// How many effects were seen; a test that sees none tests nothing.
  public long effects() {
    return effects;
  }

  public void run(int steps) {
    for (int step = 0; step < steps; step++) {
      pass(random.nextInt(4) == 0 ? random.nextLong(3_000_000_000L) : random.nextLong(20_000_000));
      engine.handle(nowNs, input(), this::took);
      check();
    }
    pass(answerWithinNs + 1);
    require(waitingSinceNs.isEmpty(), "requests are never answered: " + waitingSinceNs);
  }

  private void pass(long ns) {
    long toNs = nowNs + ns;
    if (random.nextInt(50) == 0) {
      nowNs = toNs;
      engine.tick(nowNs, this::took);
      check();
      return;
    }
    int ticks = 0;
    while (engine.nextDeadlineNs() <= toNs) {
      nowNs = Math.max(nowNs, engine.nextDeadlineNs());
      engine.tick(nowNs, this::took);
      require(engine.nextDeadlineNs() > nowNs, "a deadline stays in the past");
      require(++ticks < TICKS_MAX, "too many ticks in " + ns + " ns");
      check();
    }
    nowNs = toNs;
  }

  private void check() {
    require(calls.size() <= 3, "more than three calls at once: " + calls);
    long outgoing = up.stream().filter(AssociationId::isOutgoing).count();
    require(outgoing <= outgoingMax, "too many associations: " + up);
    waitingSinceNs.forEach((request, sinceNs) ->
        require(nowNs - sinceNs <= answerWithinNs, "request " + request + " waits too long"));
  }

  private void took(Effect effect) {
    effects++;
    switch (effect) {
      case Effect.Open open -> require(calls.add(open.association()), "called twice: " + open);
      case Effect.Close(AssociationId gone) -> forget(gone);
      case Effect.Abort(AssociationId gone, _) -> forget(gone);
      case Effect.Reply reply ->
          require(waitingSinceNs.remove(reply.requestId()) != null, "answered twice: " + reply);
      case Effect.SendAsap send -> {
        if (send.message() instanceof AsapRegistration registration) {
          latestId = registration.element().elementId();
        }
      }
      case Effect.Emit emit -> require(!emit.event().describe().isEmpty(), "a silent event");
      case Effect.SendEnrp _, Effect.Announce _, Effect.AnnouncePresence _ ->
          require(false, "not an ASAP client: " + effect);
    }
  }

  private void forget(AssociationId gone) {
    calls.remove(gone);
    up.remove(gone);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }

  private Input input() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> request();
      case 2, 3 -> up();
      case 4 -> down();
      case 5 -> new Input.MalformedReceived(association(), causesOrNone(), "test");
      case 6 ->
          new Input.AnnouncementReceived(
              address(), random.nextInt(65_536), (AsapServerAnnounce) announcement());
      default -> new Input.AsapReceived(association(), message(), causesOrNone());
    };
  }

  private Input request() {
    long id = nextRequest++;
    waitingSinceNs.put(id, nowNs);
    return requests.apply(id);
  }

  private Input up() {
    AssociationId association;
    if (!calls.isEmpty() && random.nextInt(5) != 0) {
      association = pick(new ArrayList<>(calls));
      calls.remove(association);
    } else {
      association = new AssociationId(nextIncoming++);
    }
    up.add(association);
    return new Input.AssociationUp(
        association,
        random.nextInt(20) == 0 ? AssociationKind.ENRP : AssociationKind.ASAP,
        TransportAddress.Kind.TCP,
        random.nextBoolean() ? List.of() : List.of(address()),
        random.nextInt(65_536),
        random.nextBoolean()
            ? AsapTransport.Absent.INSTANCE
            : new AsapTransport.Tcp(address(), 1234),
        PeerIdentity.ANONYMOUS);
  }

  private Input down() {
    AssociationId association = association();
    forget(association);
    return new Input.AssociationDown(association, pick(List.of(LossReason.values())), "test");
  }

  private AssociationId association() {
    List<AssociationId> known = new ArrayList<>(up);
    known.addAll(calls);
    return known.isEmpty() || random.nextInt(20) == 0
        ? new AssociationId(1_000_000 + random.nextInt(10))
        : pick(known);
  }

  /// One of few pools, so that messages and requests meet.
  public static PoolHandle pool(SplittableRandom random) {
    return PoolHandle.of("pool" + random.nextInt(3));
  }

  private AsapMessage message() {
    PoolHandle pool = pool(random);
    ElementId id = random.nextBoolean() ? latestId : ElementId.of(random.nextInt(5));
    return switch (pick(List.of(AsapType.values()))) {
      case REGISTRATION -> new AsapRegistration(pool, element());
      case DEREGISTRATION -> new AsapDeregistration(pool, id, leave());
      case REGISTRATION_RESPONSE ->
          new AsapRegistrationResponse(pool, id, random.nextInt(4) == 0, causesOrNone());
      case DEREGISTRATION_RESPONSE ->
          new AsapDeregistrationResponse(pool, id, causesOrNone(), leave());
      case HANDLE_RESOLUTION -> new AsapHandleResolution(pool, random.nextBoolean(), 3);
      case HANDLE_RESOLUTION_RESPONSE ->
          new AsapHandleResolutionResponse(pool, random.nextBoolean(), resolution());
      case ENDPOINT_KEEP_ALIVE ->
          new AsapEndpointKeepAlive(
              ServerId.of(random.nextInt(4)), random.nextInt(3) == 0, pool, ElementId.NONE);
      case ENDPOINT_KEEP_ALIVE_ACK -> new AsapEndpointKeepAliveAck(pool, id);
      case ENDPOINT_UNREACHABLE -> new AsapEndpointUnreachable(pool, id);
      case SERVER_ANNOUNCE -> announcement();
      case COOKIE -> new AsapCookie(Octets.ofUtf8("c"));
      case COOKIE_ECHO -> new AsapCookieEcho(Octets.ofUtf8("c"));
      case BUSINESS_CARD -> new AsapBusinessCard(pool, List.of(element()));
      case ERROR -> new AsapError(List.of(cause()));
    };
  }

  private AsapHandleResolutionResponse.Resolution resolution() {
    if (random.nextInt(3) == 0) {
      return new AsapHandleResolutionResponse.Refused(List.of(cause()));
    }
    List<PoolElementParameter> elements = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      elements.add(element());
    }
    return new AsapHandleResolutionResponse.Found(policy(), elements);
  }

  private PoolElementParameter element() {
    return new PoolElementParameter(
        ElementId.of(random.nextInt(6)),
        ServerId.of(1),
        60,
        new AsapTransport.Tcp(address(), 7),
        policy(),
        AsapTransport.Absent.INSTANCE);
  }

  private Policy policy() {
    return pick(
        List.of(
            Policy.RoundRobin.INSTANCE,
            new Policy.Random(),
            new Policy.Priority(random.nextInt(3)),
            new Policy.LeastUsed(random.nextInt(9)),
            new Policy.Extension(0xdead_beefL, Octets.EMPTY)));
  }

  private AsapMessage announcement() {
    List<AsapTransport> transports = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      transports.add(new AsapTransport.Tcp(address(), random.nextInt(3)));
    }
    return new AsapServerAnnounce(ServerId.of(random.nextInt(9)), transports);
  }

  private IpAddress address() {
    return new IpAddress.V4(random.nextInt(40));
  }

  private LeaveRequest leave() {
    return random.nextInt(6) == 0 ? pick(List.of(LeaveRequest.values())) : LeaveRequest.NONE;
  }

  private List<ErrorCause> causesOrNone() {
    return random.nextInt(3) == 0 ? List.of(cause()) : List.of();
  }

  private ErrorCause cause() {
    return random.nextInt(10) == 0
        ? new ErrorCause(0xf000 + random.nextInt(16), Octets.EMPTY)
        : ErrorCause.of(pick(List.of(CauseCode.values())));
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
