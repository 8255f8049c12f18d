package io.rserpool.sim.session;

import io.rserpool.engine.Engine;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.session.SendOption;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.sim.network.Link;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A user that lies: it has sessions as others have, keeps all cookies, and shows elements those that it
/// should not show.
final class Liar implements LinkOwner {

  private static final int KEPT = 60;
  private static final int REQUESTS = 8;
  private static final int FLIPS_MAX = 3;
  private static final int SIZE_MAX = 200;

  /// What it does on a link.
  private enum Kind {
    /// It asks, to get cookies.
    HONEST,
    /// It shows one that was changed.
    CHANGED,
    /// It shows something made up.
    MADE_UP,
    /// It shows one of another pool.
    FOREIGN,
    /// It shows its own, be it too old or older than one that it showed before.
    OLD,
    /// It shows one, and then an older one.
    TWICE,
    /// It asks, and then shows one.
    LATE
  }

  /// A cookie that it got.
  private record Kept(PoolHandle handle, long session, int number, Octets cookie) {}

  /// What it does on one link.
  private record Call(PoolHandle handle, Kind kind, long session) {}

  private final Sessions sessions;
  private final RandomGenerator random;
  private final Map<PoolHandle, List<PoolElementParameter>> elements = new LinkedHashMap<>();
  private final Map<Link, Call> calls = new LinkedHashMap<>();
  private final List<Kept> kept = new ArrayList<>();
  private int applied;
  private long dueNs;

  Liar(Sessions sessions, RandomGenerator random) {
    this.sessions = sessions;
    this.random = random;
    this.dueNs = sessions.node().nowNs();
    later(dueNs);
  }

  private void later(long nowNs) {
    dueNs = nowNs + (long) (2 * random.nextDouble() * sessions.plan().unit().toNanos());
  }

  @Override
  public void changed(PoolHandle pool, List<PoolElementParameter> present, boolean isPushed) {
    if (present.isEmpty()) {
      elements.remove(pool);
    } else {
      elements.put(pool, present);
    }
  }

  @Override
  public void tick(long nowNs) {
    if (dueNs <= nowNs) {
      later(nowNs);
      hangUp();
      if (!elements.isEmpty()) {
        var pool = one(List.copyOf(elements.entrySet()));
        call(pool.getKey(), one(pool.getValue()));
      }
    }
  }

  private void call(PoolHandle pool, PoolElementParameter element) {
    Kind kind = kept.isEmpty() ? Kind.HONEST : one(List.of(Kind.values()));
    Link link = sessions.call(this, element, sessions.times().connectTimeout());
    calls.put(link, new Call(pool, kind, sessions.nextNumber()));
    applied = 0;
  }

  private void hangUp() {
    for (Link link : List.copyOf(calls.keySet())) {
      calls.remove(link);
      sessions.disown(link);
      link.close();
    }
  }

  @Override
  public void up(Link link) {
    Call call = calls.get(link);
    if (call == null) {
      return;
    }
    Kept own = oneKept(cookie -> cookie.handle().equals(call.handle()));
    Kept foreign = oneKept(cookie -> !cookie.handle().equals(call.handle()));
    switch (call.kind()) {
      case HONEST -> ask(link, call.session(), 1);
      case CHANGED -> show(link, call, changed(own == null ? Octets.EMPTY : own.cookie()));
      case MADE_UP -> show(link, call, madeUp());
      case FOREIGN -> show(link, call, foreign == null ? madeUp() : foreign.cookie());
      case OLD -> show(link, call, own == null ? madeUp() : own.cookie());
      case TWICE -> {
        if (own != null) {
          show(link, call, own.cookie());
          Kept older = oneKept(cookie -> cookie.session() == own.session());
          show(link, call, older == null ? own.cookie() : older.cookie());
        }
      }
      case LATE -> {
        ask(link, call.session(), 1);
        show(link, call, own == null ? madeUp() : own.cookie());
      }
    }
  }

  private void ask(Link link, long session, int first) {
    for (int number = first; number < first + REQUESTS; number++) {
      Piece.Request request =
          new Piece.Request(session, number, random.nextLong(), number, SendOption.FAILOVER);
      link.send(Piece.PPID, request.toBytes());
    }
  }

  private void show(Link link, Call call, Octets cookie) {
    String user = sessions.node().name();
    sessions.tell(new SessionDeed.Lied(call.session(), user, call.handle(), cookie));
    byte[] echo = sessions.codec().encode(new AsapCookieEcho(cookie));
    link.send(Protocol.ASAP.ppid(), echo);
  }

  private Octets changed(Octets cookie) {
    byte[] bytes = cookie.isEmpty() ? madeUp().toBytes() : cookie.toBytes();
    int flips = 1 + random.nextInt(FLIPS_MAX);
    for (int i = 0; i < flips; i++) {
      int at = random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return Octets.of(bytes);
  }

  private Octets madeUp() {
    byte[] bytes = new byte[1 + random.nextInt(SIZE_MAX)];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }

  @Override
  public void received(Link link, int ppid, byte[] message) {
    Call call = calls.get(link);
    if (call == null || call.kind() != Kind.HONEST) {
      return;
    }
    if (ppid != Protocol.ASAP.ppid()) {
      applied = Piece.of(message) instanceof Piece.Reply reply ? reply.number() : applied;
    } else if (sessions.codec().decode(message, 0, message.length)
        instanceof Decoded.Message<AsapMessage>(AsapCookie(Octets cookie), var _, var _)) {
      kept.add(new Kept(call.handle(), call.session(), applied, cookie));
      if (kept.size() > KEPT) {
        kept.remove(random.nextInt(KEPT));
      }
    }
  }

  private @Nullable Kept oneKept(Predicate<Kept> wanted) {
    List<Kept> all = kept.stream().filter(wanted).toList();
    return all.isEmpty() ? null : one(all);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  @Override
  public void roomy(Link link) {}

  @Override
  public void down(Link link, LossReason reason, String detail) {
    calls.remove(link);
  }

  @Override
  public void gone() {
    calls.clear();
    dueNs = Engine.NEVER;
  }

  @Override
  public long nextDeadlineNs() {
    return dueNs;
  }
}
