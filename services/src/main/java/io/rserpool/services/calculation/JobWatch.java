package io.rserpool.services.calculation;

import io.rserpool.client.Failover;
import io.rserpool.protocol.ElementId;
import io.rserpool.services.message.Reading;
import io.rserpool.services.user.Conversation;
import io.rserpool.services.user.Surroundings;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The user's side of one job, over all elements that it takes.
///
/// | state | means | leads to |
/// |---|---|---|
/// | ASKED | requested, or resumed by a cookie | ACCEPTED, or another element |
/// | ACCEPTED | an element is at work, and is asked whether it lives | COMPLETE, or another element |
/// | COMPLETE | done | nothing |
final class JobWatch {

  private enum State {
    ASKED,
    ACCEPTED,
    COMPLETE
  }

  private final CalculationClient.Job job;
  private final Surroundings surroundings;
  private final CalculationOptions options;
  private final CalculationListener listener;
  private final long askedFirstNs;
  private State state = State.ASKED;
  private boolean wasAccepted;
  private long acceptedFirstNs;
  private long completeNs;
  private ElementId completedBy = ElementId.NONE;

  /// When the element was last known to live, or asked whether it does.
  private long aliveNs;

  private boolean isAckDue;
  private int moves;
  private int rejectionsInARow;

  JobWatch(
      CalculationClient.Job job,
      Surroundings surroundings,
      CalculationOptions options,
      CalculationListener listener) {
    this.job = job;
    this.surroundings = surroundings;
    this.options = options;
    this.listener = listener;
    this.askedFirstNs = surroundings.nowNs();
  }

  boolean isComplete() {
    return state == State.COMPLETE;
  }

  CalculationResult result() {
    return new CalculationResult(
        job.id(),
        job.size(),
        Duration.ofNanos(askedFirstNs - job.madeNs()),
        Duration.ofNanos(acceptedFirstNs - askedFirstNs),
        Duration.ofNanos(completeNs - acceptedFirstNs),
        completedBy,
        moves);
  }

  /// Has the job calculated through a conversation; returns when it is complete, or when another
  /// conversation has to be tried.
  ///
  /// @param others does what else is to be done, and says when to come again
  void run(Conversation conversation, LongSupplier others) {
    ask(conversation);
    boolean goesOn = true;
    while (goesOn) {
      long againNs = Math.min(dueNs(), others.getAsLong());
      Duration limit = Duration.ofNanos(Math.max(0, againNs - surroundings.nowNs()));
      switch (conversation.receive(limit)) {
        case Conversation.Message(byte[] bytes) -> goesOn = hear(conversation, bytes);
        case Conversation.Silence _ -> {
          // Something may be due.
        }
        case Conversation.Lost _ -> move(conversation);
      }
      watch(conversation);
    }
  }

  private void ask(Conversation conversation) {
    say(conversation, CalculationMessage.Type.REQUEST, job.size());
    expectAcceptance();
  }

  private void expectAcceptance() {
    state = State.ASKED;
    isAckDue = true;
    aliveNs = surroundings.nowNs();
  }

  private long dueNs() {
    return aliveNs
        + (isAckDue ? options.keepAliveTimeout() : options.keepAliveInterval()).toNanos();
  }

  private void watch(Conversation conversation) {
    if (state == State.COMPLETE || surroundings.nowNs() - dueNs() < 0) {
      return;
    }
    if (isAckDue) {
      conversation.fail(
          "job 0x%08x: no answer for %s".formatted(job.id(), options.keepAliveTimeout()));
      aliveNs = surroundings.nowNs();
    } else {
      say(conversation, CalculationMessage.Type.KEEP_ALIVE, 0);
      isAckDue = true;
      aliveNs = surroundings.nowNs();
    }
  }

  /// Takes a message; false when the conversation is over.
  private boolean hear(Conversation conversation, byte[] bytes) {
    return switch (CalculationMessage.decode(bytes)) {
      case Reading.Value<CalculationMessage>(CalculationMessage message)
          when message.jobId() == job.id() ->
          hear(conversation, message);
      case Reading.Value<CalculationMessage>(CalculationMessage message) -> {
        conversation.fail("expected job 0x%08x, but got %s".formatted(job.id(), message));
        yield true;
      }
      case Reading.Fault<CalculationMessage>(String explanation) -> {
        conversation.fail(explanation);
        yield true;
      }
    };
  }

  private boolean hear(Conversation conversation, CalculationMessage message) {
    switch (message.type()) {
      case ACCEPT -> accepted(conversation);
      case REJECT -> {
        return rejected(conversation);
      }
      case COMPLETE -> {
        completed(conversation);
        return false;
      }
      case KEEP_ALIVE -> say(conversation, CalculationMessage.Type.KEEP_ALIVE_ACK, 0);
      case KEEP_ALIVE_ACK -> {
        isAckDue = false;
        aliveNs = surroundings.nowNs();
      }
      case REQUEST, ABORT -> conversation.fail("expected what elements send, but got " + message);
    }
    return true;
  }

  private void accepted(Conversation conversation) {
    state = State.ACCEPTED;
    isAckDue = false;
    aliveNs = surroundings.nowNs();
    rejectionsInARow = 0;
    if (!wasAccepted) {
      wasAccepted = true;
      acceptedFirstNs = aliveNs;
    }
    listener.accepted(job.id(), conversation.element());
  }

  /// Without a cookie the job is asked for anew after a while, in another conversation, for which the
  /// pool's policy chooses. With one, the next element of this conversation gets the cookie.
  private boolean rejected(Conversation conversation) {
    listener.rejected(job.id(), conversation.element());
    if (!conversation.hasCookie()) {
      return false;
    }
    rejectionsInARow++;
    if (rejectionsInARow > 1) {
      surroundings.pause(options.retryDelay());
    }
    conversation.fail("job 0x%08x was rejected".formatted(job.id()));
    return true;
  }

  private void completed(Conversation conversation) {
    state = State.COMPLETE;
    completeNs = surroundings.nowNs();
    completedBy = conversation.element();
    if (!wasAccepted) {
      acceptedFirstNs = completeNs;
    }
  }

  private void move(Conversation conversation) {
    Failover failover = conversation.failover();
    moves++;
    listener.movedOver(job.id(), failover);
    if (failover.cookieEchoed()) {
      expectAcceptance();
      // Servers of rsplib do not look at a cookie before a message comes after it.
      say(conversation, CalculationMessage.Type.KEEP_ALIVE, 0);
    } else {
      ask(conversation);
    }
  }

  private void say(Conversation conversation, CalculationMessage.Type type, long jobSize) {
    conversation.send(new CalculationMessage(type, job.id(), jobSize, 0).encode());
  }
}
