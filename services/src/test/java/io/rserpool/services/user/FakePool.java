package io.rserpool.services.user;

import io.rserpool.client.Failover;
import io.rserpool.client.FailureSource;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;

/// A pool that a test scripts. Its elements have the numbers 1, 2, 3 ... in the order in which the
/// client gets to them; each does what the script says, in a time that only passes while the client
/// waits.
public final class FakePool implements Surroundings {

  /// What elements do.
  public interface Script {

    /// A message came.
    void heard(Element element, byte[] message);

    /// A client came, by a failover or not.
    default void met(Element element, boolean hasCookie) {}
  }

  private final Script script;
  private final List<byte[]> sent = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private int elements;
  private int conversations;
  private long nowNs = -5_000_000_000L;

  public FakePool(Script script) {
    this.script = script;
  }

  /// All that the client sent, to whomever.
  public List<byte[]> sent() {
    return List.copyOf(sent);
  }

  /// Why the client took elements for failed by itself.
  public List<String> failures() {
    return List.copyOf(failures);
  }

  public int conversations() {
    return conversations;
  }

  @Override
  public Conversation open() {
    conversations++;
    return new Talk();
  }

  @Override
  public long nowNs() {
    return nowNs;
  }

  @Override
  public void pause(Duration time) {
    nowNs += time.toNanos();
  }

  /// One element, as one conversation meets it.
  public final class Element {
    private final Talk talk;
    private final int number = ++elements;
    private boolean isDead;

    private Element(Talk talk) {
      this.talk = talk;
    }

    public int number() {
      return number;
    }

    /// Sends a message that arrives after a time.
    public void say(long afterMs, byte[] message) {
      at(afterMs, () -> talk.arrived.add(new Conversation.Message(message)));
    }

    /// Hands the client a cookie after a time.
    public void giveCookie(long afterMs) {
      at(afterMs, () -> talk.hasCookie = true);
    }

    /// Dies after a time.
    public void die(long afterMs) {
      at(afterMs, () -> die("killed"));
    }

    private void die(String reason) {
      isDead = true;
      talk.arrived.add(new Conversation.Lost(reason));
    }

    private void at(long afterMs, Runnable what) {
      talk.plan
          .computeIfAbsent(nowNs + afterMs * 1_000_000, _ -> new ArrayList<>())
          .add(() -> {
            if (talk.element == this && !isDead) {
              what.run();
            }
          });
    }
  }

  private final class Talk implements Conversation {
    private final TreeMap<Long, List<Runnable>> plan = new TreeMap<>();
    private final Deque<Heard> arrived = new ArrayDeque<>();
    private boolean hasCookie;
    private Element element = new Element(this);

    Talk() {
      script.met(element, false);
    }

    @Override
    public ElementId element() {
      return ElementId.of(element.number);
    }

    @Override
    public void send(byte[] message) {
      if (!element.isDead) {
        sent.add(message);
        script.heard(element, message);
      }
    }

    @Override
    public Heard receive(Duration limit) {
      long untilNs = nowNs + limit.toNanos();
      while (arrived.isEmpty() && !plan.isEmpty() && plan.firstKey() <= untilNs) {
        nowNs = Math.max(nowNs, plan.firstKey());
        plan.pollFirstEntry().getValue().forEach(Runnable::run);
      }
      if (arrived.isEmpty()) {
        nowNs = untilNs;
        return new Silence();
      }
      return arrived.remove();
    }

    @Override
    public void fail(String reason) {
      if (!element.isDead) {
        failures.add(reason);
        element.die(reason);
      }
    }

    @Override
    public Failover failover() {
      Element old = element;
      arrived.clear();
      element = new Element(this);
      script.met(element, hasCookie);
      return new Failover(
          parameter(old),
          parameter(element),
          FailureSource.RESET,
          "scripted",
          nowNs,
          Duration.ZERO,
          1,
          hasCookie);
    }

    @Override
    public void beginRequest() {
      hasCookie = false;
    }

    @Override
    public boolean hasCookie() {
      return hasCookie;
    }

    @Override
    public void close() {
      plan.clear();
    }
  }

  private static PoolElementParameter parameter(Element element) {
    AsapTransport.Tcp address =
        new AsapTransport.Tcp(new IpAddress.V4(0x7f000001), 1_000 + element.number);
    return new PoolElementParameter(
        ElementId.of(element.number),
        ServerId.NONE,
        1_000,
        address,
        Policy.RoundRobin.INSTANCE,
        AsapTransport.Absent.INSTANCE);
  }
}
