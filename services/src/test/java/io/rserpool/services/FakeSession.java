package io.rserpool.services;

import io.rserpool.client.channel.UserMessage;
import io.rserpool.client.host.Service;
import io.rserpool.client.host.ServiceSession;
import io.rserpool.client.host.SessionInput;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.asap.AsapBusinessCard;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A session that a test scripts: a user who says what was planned at the planned times, in a time
/// that only passes while the service waits. What the service sends is kept with its time.
public final class FakeSession implements ServiceSession, LongSupplier {

  /// What a service has sent.
  ///
  /// @param atMs since the beginning
  public record Sent(long atMs, boolean isCookie, UserMessage message) {}

  private record Planned(long atNs, Supplier<SessionInput> input) {}

  private final Deque<Planned> plan = new ArrayDeque<>();
  private final List<Sent> sent = new ArrayList<>();
  private final long payloadProtocolId;
  private final long startNs;
  private long nowNs;
  private long endingNs = Long.MAX_VALUE;
  private boolean hasControl = true;
  private int loadChanges;

  public FakeSession(Service service) {
    this(service, 0);
  }

  /// @param startNs what the clock shows at the beginning
  public FakeSession(Service service, long startNs) {
    this.payloadProtocolId = service.protocol().identifier();
    this.startNs = startNs;
    this.nowNs = startNs;
  }

  public FakeSession withoutControl() {
    hasControl = false;
    return this;
  }

  /// The user sends a message at once after what was planned before.
  public FakeSession data(byte[] message) {
    return data(plan.isEmpty() ? 0 : (plan.getLast().atNs - startNs) / 1_000_000, message);
  }

  /// The user sends a message at a time.
  public FakeSession data(long atMs, byte[] message) {
    return plan(atMs, new SessionInput.Data(new UserMessage(message, payloadProtocolId)));
  }

  public FakeSession cookieEcho(byte[] cookie) {
    return plan(0, new SessionInput.CookieEcho(cookie));
  }

  public FakeSession end(long atMs) {
    return plan(atMs, SessionInput.End.END);
  }

  public FakeSession plan(long atMs, SessionInput input) {
    plan.add(new Planned(startNs + atMs * 1_000_000, () -> input));
    return this;
  }

  /// Something else happens at that time.
  public FakeSession meanwhile(long atMs, Runnable event) {
    plan.add(
        new Planned(
            startNs + atMs * 1_000_000,
            () -> {
              event.run();
              return SessionInput.Silence.SILENCE;
            }));
    return this;
  }

  /// The host ends at that time.
  public FakeSession endingAt(long atMs) {
    endingNs = startNs + atMs * 1_000_000;
    return this;
  }

  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  public List<byte[]> cookies() {
    return sent.stream().filter(Sent::isCookie).map(each -> each.message().bytes()).toList();
  }

  public List<byte[]> messages() {
    return sent.stream()
        .filter(each -> !each.isCookie())
        .map(each -> each.message().bytes())
        .toList();
  }

  public int loadChanges() {
    return loadChanges;
  }

  /// Lets time pass while the service computes.
  public void pass(Duration time) {
    nowNs += time.toNanos();
  }

  @Override
  public long getAsLong() {
    return nowNs;
  }

  @Override
  public SessionInput receive() throws IOException {
    if (plan.isEmpty()) {
      throw new EOFException("the plan of the test is over");
    }
    return receive(Duration.ofNanos(Math.max(0, plan.getFirst().atNs - nowNs)));
  }

  @Override
  public SessionInput receive(Duration limit) {
    Planned next = plan.peek();
    if (next == null || next.atNs > nowNs + limit.toNanos()) {
      nowNs += limit.toNanos();
      return SessionInput.Silence.SILENCE;
    }
    nowNs = Math.max(nowNs, next.atNs);
    return plan.remove().input.get();
  }

  @Override
  public void send(byte[] message) {
    send(new UserMessage(message, payloadProtocolId));
  }

  @Override
  public void send(UserMessage message) {
    sent.add(new Sent((nowNs - startNs) / 1_000_000, false, message));
  }

  @Override
  public void sendCookie(byte[] cookie) {
    if (hasControl) {
      sent.add(new Sent((nowNs - startNs) / 1_000_000, true, new UserMessage(cookie, 11)));
    }
  }

  @Override
  public boolean hasControl() {
    return hasControl;
  }

  @Override
  public Optional<AsapBusinessCard> businessCard() {
    return Optional.empty();
  }

  @Override
  public String peer() {
    return "a test";
  }

  @Override
  public PeerIdentity user() {
    return PeerIdentity.ANONYMOUS;
  }

  @Override
  public void loadChanged() {
    loadChanges++;
  }

  @Override
  public boolean isEnding() {
    return nowNs >= endingNs;
  }
}
