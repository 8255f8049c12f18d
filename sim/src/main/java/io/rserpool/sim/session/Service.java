package io.rserpool.sim.session;

import io.rserpool.engine.Engine;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.session.cookie.CookieSeal;
import io.rserpool.engine.session.cookie.EchoMemory;
import io.rserpool.engine.session.cookie.Opening;
import io.rserpool.engine.session.cookie.SessionCookies;
import io.rserpool.engine.session.element.ElementSession;
import io.rserpool.engine.session.element.ElementSessionEffect;
import io.rserpool.engine.session.element.ElementSessionEvent;
import io.rserpool.engine.session.element.OnRefusal;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.sim.network.Link;
import io.rserpool.sim.network.Node;
import io.rserpool.sim.network.Resident;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.Protocol;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The service of one life of an element: it applies what sessions ask for in the order of its numbers
/// and answers, seals its state into a cookie now and then, and goes on where a cookie ended.
public final class Service implements Resident {

  private static final long NS_PER_MS = 1_000_000;
  private static final int SESSIONS_REMEMBERED = 1_000;

  /// A request that is being worked at.
  private record Work(Conversation conversation, Piece.Request request, long dueNs) {}

  private final Node node;
  private final PoolHandle handle;
  private final Supplier<ElementId> id;
  private final SessionPlan plan;
  private final SharedKeys keys;
  private final AsapCodec codec;
  private final RandomGenerator random;
  private final SessionListener listener;
  private final EchoMemory shownBefore = new EchoMemory(SESSIONS_REMEMBERED);
  private final Map<Link, Conversation> conversations = new LinkedHashMap<>();
  private final Deque<Work> works = new ArrayDeque<>();
  private final long workNs;
  private final long life;
  private Octets shown = Octets.EMPTY;
  private long endNs = Engine.NEVER;
  private long renewalNs = Engine.NEVER;

  /// A service without sessions.
  ///
  /// @param id of the element, which may change
  public Service(
      Node node,
      PoolHandle handle,
      Supplier<ElementId> id,
      SessionPlan plan,
      SharedKeys keys,
      AsapCodec codec,
      RandomGenerator random,
      SessionListener listener) {
    this.node = node;
    this.handle = handle;
    this.id = id;
    this.plan = plan;
    this.keys = keys;
    this.codec = codec;
    this.random = random;
    this.listener = listener;
    this.life = random.nextLong();
    this.workNs = (long) (random.nextDouble() * plan.workMax().toNanos());
  }

  /// How many sessions it has.
  public int sessions() {
    return conversations.size();
  }

  /// The element leaves: some serve their sessions on, others end them in order after a while.
  public void leaves() {
    if (random.nextBoolean()) {
      endNs = node.nowNs() + (long) (random.nextDouble() * plan.unit().toNanos());
    }
  }

  /// The element is back.
  public void goOn() {
    endNs = Engine.NEVER;
  }

  @Override
  public void up(Link link) {
    long nowNs = node.nowNs();
    ElementSession<Piece> session =
        new ElementSession<>(handle, id, link.peer(), this::open, OnRefusal.END_SESSION);
    SessionCookies cookies = new SessionCookies(random);
    conversations.put(link, new Conversation(link, random.nextLong(), session, cookies, nowNs));
    renewalNs = Math.min(renewalNs, nowNs + plan.renewal().toNanos());
  }

  @Override
  public void roomy(Link link) {}

  @Override
  public void down(Link link, LossReason reason, String detail) {
    drop(link);
  }

  private void drop(Link link) {
    Conversation dropped = conversations.remove(link);
    works.removeIf(work -> work.conversation() == dropped);
  }

  @Override
  public void received(Link link, int ppid, byte[] message) {
    Conversation conversation = conversations.get(link);
    if (conversation == null) {
      return;
    }
    if (ppid != Protocol.ASAP.ppid()) {
      conversation.session().data(Piece.of(message), effect -> carryOut(conversation, effect));
    } else if (codec.decode(message, 0, message.length)
        instanceof Decoded.Message<AsapMessage>(AsapMessage control, var _, var _)) {
      shown = control instanceof AsapCookieEcho(Octets cookie) ? cookie : Octets.EMPTY;
      conversation.session().control(wallMs(), control, effect -> carryOut(conversation, effect));
    } else {
      node.tell("event", link + " broken: no such message");
      drop(link);
      link.abort();
    }
  }

  private Opening open(Octets cookie, long nowMs) {
    Opening opening = keys.seal(handle, nowMs).open(cookie, nowMs);
    return opening instanceof Opening.Opened opened ? shownBefore.admit(opened) : opening;
  }

  private void carryOut(Conversation conversation, ElementSessionEffect<Piece> effect) {
    switch (effect) {
      case ElementSessionEffect.DeliverData<Piece>(Piece piece) -> {
        if (piece instanceof Piece.Request request) {
          asked(conversation, request);
        }
      }
      case ElementSessionEffect.DeliverCookie<Piece>(Opening.Opened opened) -> {
        State state = State.of(opened.plain());
        conversation.cookies().resume(opened);
        conversation.begin(state);
        listener.happened(
            new SessionDeed.Restored(
                node.name(), life, handle, conversation.number(), shown, state, wallMs()));
      }
      case ElementSessionEffect.DeliverRefusal<Piece> _ -> {}
      case ElementSessionEffect.Answer<Piece>(AsapMessage message) ->
          send(conversation.link(), message);
      case ElementSessionEffect.End<Piece> _ -> {
        drop(conversation.link());
        conversation.link().close();
      }
      case ElementSessionEffect.Tell<Piece>(ElementSessionEvent event) -> {
        if (node.isTold()) {
          node.tell("event", event.describe());
        }
        if (event instanceof ElementSessionEvent.CookieRefused(_, Opening.Refused refused)) {
          listener.happened(
              new SessionDeed.Refused(
                  node.name(), handle, shown, refused.reason() + ", " + refused.text(), wallMs()));
        }
      }
    }
  }

  private long wallMs() {
    return node.wallNs() / NS_PER_MS;
  }

  private void asked(Conversation conversation, Piece.Request request) {
    long dueNs = works.isEmpty() ? node.nowNs() : works.getLast().dueNs();
    works.addLast(new Work(conversation, request, dueNs + workNs));
    if (workNs == 0) {
      work(node.nowNs());
    }
  }

  private void work(long nowNs) {
    while (!works.isEmpty() && works.getFirst().dueNs() <= nowNs) {
      Work work = works.removeFirst();
      apply(work.conversation(), work.request());
    }
  }

  private void apply(Conversation conversation, Piece.Request request) {
    State known = conversation.state();
    State state = known == null ? State.begin(request.session()) : known;
    if (known == null) {
      conversation.begin(state);
    }
    int number = request.number();
    String name = node.name();
    if (request.session() != state.session() || number > state.count() + 1) {
      listener.happened(new SessionDeed.Skipped(name, conversation.number(), state, number));
    } else if (number <= state.count()) {
      listener.happened(
          new SessionDeed.Repeated(
              name, conversation.number(), state.session(), number, conversation.restored()));
      reply(conversation, number, conversation.digestOf(number));
    } else {
      State after = state.after(request.value());
      conversation.apply(after);
      listener.happened(new SessionDeed.Applied(name, conversation.number(), after));
      reply(conversation, number, after.digest());
      if (number % plan.cookieEvery() == 0) {
        seal(conversation, after);
      }
    }
  }

  private void reply(Conversation conversation, int number, long digest) {
    Piece.Reply reply =
        new Piece.Reply(conversation.number(), conversation.nextRunning(), number, digest);
    conversation.link().send(Piece.PPID, reply.toBytes());
  }

  private void seal(Conversation conversation, State state) {
    long nowMs = wallMs();
    CookieSeal seal = keys.seal(handle, nowMs);
    Octets cookie = conversation.cookies().seal(seal, state.toOctets(), nowMs);
    conversation.sealed(node.nowNs());
    listener.happened(new SessionDeed.Sealed(node.name(), cookie, handle, state, nowMs));
    send(conversation.link(), new AsapCookie(cookie));
  }

  private void send(Link link, AsapMessage message) {
    link.send(Protocol.ASAP.ppid(), codec.encode(message));
  }

  @Override
  public void tick(long nowNs) {
    work(nowNs);
    if (renewalNs <= nowNs) {
      renew(nowNs);
    }
    if (endNs <= nowNs) {
      endNs = Engine.NEVER;
      end();
    }
  }

  /// Cookies that nobody asks for anything are renewed before they get too old.
  private void renew(long nowNs) {
    renewalNs = Engine.NEVER;
    for (Conversation conversation : conversations.values()) {
      State state = conversation.state();
      if (state != null && conversation.sealedAtNs() + plan.renewal().toNanos() <= nowNs) {
        seal(conversation, state);
      }
      long atNs = Math.max(nowNs, conversation.sealedAtNs()) + plan.renewal().toNanos();
      renewalNs = Math.min(renewalNs, atNs);
    }
  }

  /// Gives everybody a last cookie, and ends.
  private void end() {
    for (Conversation conversation : List.copyOf(conversations.values())) {
      @Nullable State state = conversation.state();
      if (state != null && random.nextBoolean()) {
        seal(conversation, state);
      }
      drop(conversation.link());
      conversation.link().close();
    }
  }

  @Override
  public long nextDeadlineNs() {
    long nextNs = works.isEmpty() ? Engine.NEVER : works.getFirst().dueNs();
    return Math.min(Math.min(nextNs, endNs), renewalNs);
  }
}
