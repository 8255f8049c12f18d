package io.rserpool.services.pingpong;

import io.rserpool.client.Failover;
import io.rserpool.client.InterruptedCallException;
import io.rserpool.client.PoolUser;
import io.rserpool.client.RSerPoolException;
import io.rserpool.client.SessionOptions;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.message.Reading;
import io.rserpool.services.user.Conversation;
import io.rserpool.services.user.Surroundings;
import java.time.Duration;
import java.util.TreeMap;

/// Asks a PingPong pool at regular times, and sees by the numbers of the answers whether the session
/// survived every failure without a gap.
///
/// With cookies the numbers go on over all elements. Without, each element begins at 1. Either way a
/// Ping that has no answer when an element fails is sent again to the next one.
public final class PingPongClient {

  private final Surroundings surroundings;
  private final PingPongOptions options;
  private final PingPongListener listener;

  /// Pings without answer, in their order.
  private final TreeMap<Long, Asked> open = new TreeMap<>();

  private long pings;
  private long answers;
  private long gaps;
  private long moves;
  private long expectedReplyNo = 1;
  private long nextPingNs;

  /// When a Ping was sent for the first and for the last time.
  private record Asked(long firstNs, long lastNs) {}

  PingPongClient(Surroundings surroundings, PingPongOptions options, PingPongListener listener) {
    this.surroundings = surroundings;
    this.options = options;
    this.listener = listener;
  }

  /// Asks until all Pings are answered.
  ///
  /// @param session limits of the session
  /// @throws RSerPoolException if no element can be reached within them
  /// @throws InterruptedCallException if interrupted
  public static PingPongSummary run(
      PoolUser user,
      PoolHandle handle,
      SessionOptions session,
      PingPongOptions options,
      PingPongListener listener) {
    return new PingPongClient(
            Surroundings.of(user, handle, session, PingPongMessage.PPID), options, listener)
        .run();
  }

  PingPongSummary run() {
    try (Conversation conversation = surroundings.open()) {
      nextPingNs = surroundings.nowNs();
      while (hasMore() || !open.isEmpty()) {
        ask(conversation);
        switch (conversation.receive(Duration.ofNanos(leftNs()))) {
          case Conversation.Message(byte[] bytes) -> hear(conversation, bytes);
          case Conversation.Silence _ -> watch(conversation);
          case Conversation.Lost _ -> move(conversation);
        }
      }
    }
    return new PingPongSummary(pings, answers, gaps, moves);
  }

  private boolean hasMore() {
    return options.count() == 0 || pings < options.count();
  }

  private void ask(Conversation conversation) {
    long now = surroundings.nowNs();
    if (hasMore() && now - nextPingNs >= 0) {
      pings++;
      open.put(pings, new Asked(now, now));
      conversation.send(ping(pings));
      // After a pause, the Pings that did not take place are not made up for.
      nextPingNs = Math.max(nextPingNs, now - options.interval().toNanos() / 2);
      nextPingNs += options.interval().toNanos();
    }
  }

  private static byte[] ping(long messageNo) {
    return new PingPongMessage.Ping(messageNo, Octets.ofUtf8("Ping " + messageNo)).encode();
  }

  /// Until the next Ping, or until the oldest one should have been answered.
  private long leftNs() {
    long now = surroundings.nowNs();
    long untilPing = hasMore() ? nextPingNs - now : Long.MAX_VALUE;
    long untilLate = open.isEmpty() ? Long.MAX_VALUE : patienceLeftNs(now);
    return Math.max(0, Math.min(untilPing, untilLate));
  }

  private long patienceLeftNs(long now) {
    return options.answerTimeout().toNanos() - (now - open.firstEntry().getValue().lastNs());
  }

  private void watch(Conversation conversation) {
    if (!open.isEmpty() && patienceLeftNs(surroundings.nowNs()) <= 0) {
      conversation.fail(
          "Ping %d has had no answer for %s".formatted(open.firstKey(), options.answerTimeout()));
    }
  }

  private void hear(Conversation conversation, byte[] bytes) {
    switch (PingPongMessage.decode(bytes)) {
      case Reading.Value<? extends PingPongMessage>(PingPongMessage.Pong pong) ->
          hear(conversation, pong);
      case Reading.Value<? extends PingPongMessage>(PingPongMessage other) ->
          conversation.fail("expected a Pong, but got " + other);
      case Reading.Fault<? extends PingPongMessage>(String explanation) ->
          conversation.fail(explanation);
    }
  }

  private void hear(Conversation conversation, PingPongMessage.Pong pong) {
    if (pong.replyNo() != expectedReplyNo) {
      gaps++;
      listener.gap(expectedReplyNo, pong.replyNo(), conversation.element());
    }
    expectedReplyNo = pong.replyNo() + 1;
    Asked asked = open.remove(pong.messageNo());
    // A Ping that was sent twice may be answered twice.
    if (asked != null) {
      answers++;
      Duration roundTrip = Duration.ofNanos(surroundings.nowNs() - asked.firstNs());
      listener.answered(pong, conversation.element(), roundTrip);
    }
    watch(conversation);
  }

  private void move(Conversation conversation) {
    Failover failover = conversation.failover();
    moves++;
    if (!failover.cookieEchoed()) {
      expectedReplyNo = 1;
    }
    long now = surroundings.nowNs();
    open.replaceAll((_, asked) -> new Asked(asked.firstNs(), now));
    open.keySet().forEach(messageNo -> conversation.send(ping(messageNo)));
    listener.movedOver(failover, open.size());
  }
}
