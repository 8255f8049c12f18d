package io.rserpool.engine.user;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.asap.AsapMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The questions to the registrars, in order (RFC 5352 sections 3.3 and 3.7). Each is sent to the
/// home,
/// repeated when T1 expires while another registrar is sought in parallel, sent anew to whoever
/// becomes the home, and given up when T1 has expired MAX-REQUEST-RETRANSMIT times more.
final class Exchanges {

  private final User user;
  private final BiConsumer<Turn, Exchange> failed;
  private final Map<Subject, Exchange> open = new LinkedHashMap<>();
  private int waiting;

  /// @param failed is told of each exchange that nobody answered
  Exchanges(User user, BiConsumer<Turn, Exchange> failed) {
    this.user = user;
    this.failed = failed;
  }

  /// How many requests wait for answers.
  int waiting() {
    return waiting;
  }

  @Nullable Exchange find(Subject subject) {
    return open.get(subject);
  }

  /// Asks; if the same is asked already, in other words, the newer words are sent as well.
  Exchange ask(Turn turn, Subject subject, AsapMessage message) {
    Exchange present = open.get(subject);
    if (present == null) {
      Exchange exchange = create(turn, subject, message);
      send(turn, exchange);
      return exchange;
    }
    if (!present.message.equals(message)) {
      present.message = message;
      send(turn, present);
    }
    return present;
  }

  private Exchange create(Turn turn, Subject subject, AsapMessage message) {
    var exchange =
        new Exchange(
            subject,
            message,
            user.deadlines.create(later -> unanswered(later, subject)),
            user.deadlines.create(later -> retry(later, subject)),
            user.deadlines.create(later -> giveUp(later, subject)),
            turn.nowNs());
    open.put(subject, exchange);
    user.deadlines.set(exchange.end, turn.nowNs() + user.patienceNs());
    return exchange;
  }

  void wait(Exchange exchange, UserRequest caller) {
    exchange.callers.add(caller);
    waiting++;
  }

  void hold(Exchange exchange, UserRequest caller) {
    exchange.held.add(caller);
    waiting++;
  }

  /// Ends an exchange; whoever waits for it is the caller's business from now on.
  void end(Exchange exchange) {
    open.remove(exchange.subject);
    user.deadlines.cancel(exchange.t1);
    user.deadlines.cancel(exchange.retry);
    user.deadlines.cancel(exchange.end);
    waiting -= exchange.callers.size() + exchange.held.size();
  }

  /// All exchanges, ended.
  List<Exchange> endAll() {
    List<Exchange> all = List.copyOf(open.values());
    all.forEach(this::end);
    return all;
  }

  /// Asks the new home everything that is open, in order.
  void homeFound(Turn turn) {
    open.values().forEach(exchange -> send(turn, exchange));
  }

  void homeLost() {
    for (Exchange exchange : open.values()) {
      exchange.isSent = false;
      user.deadlines.cancel(exchange.t1);
      user.deadlines.cancel(exchange.retry);
    }
  }

  /// The home cannot answer now (any cause but an unknown pool): another one is asked, or this one
  /// again after a while.
  void refused(Turn turn, Exchange exchange, List<ErrorCause> causes) {
    Home home = user.home;
    exchange.causes = causes;
    exchange.refusals++;
    user.deadlines.cancel(exchange.t1);
    int candidates = user.hunt.candidates(turn.nowNs());
    if (exchange.refusals >= candidates && isDefinite(causes)) {
      fail(turn, exchange.subject);
      return;
    }
    long retryNs = user.settings.resolutionRetryDelay().toNanos();
    user.deadlines.set(exchange.retry, turn.nowNs() + retryNs);
    if (home != null && exchange.refusals < candidates) {
      user.hunt.elsewhere(turn.nowNs(), home.registrar(), turn.out());
    }
  }

  /// An error message came instead of an answer: it is about the oldest question.
  void oldestRefused(Turn turn, List<ErrorCause> causes) {
    for (Exchange exchange : new ArrayList<>(open.values())) {
      if (exchange.isSent) {
        refused(turn, exchange, causes);
        return;
      }
    }
  }

  /// Whether asking again would not change the answer.
  static boolean isDefinite(List<ErrorCause> causes) {
    return !causes.isEmpty()
        && causes.stream()
            .noneMatch(cause ->
                cause.cause() == CauseCode.LACK_OF_RESOURCES
                    || cause.cause() == CauseCode.UNSPECIFIED);
  }

  private void send(Turn turn, Exchange exchange) {
    Home home = user.home;
    if (home != null) {
      exchange.isSent = true;
      user.deadlines.cancel(exchange.retry);
      user.deadlines.set(exchange.t1, turn.nowNs() + user.t1Ns);
      turn.send(home, exchange.message);
    }
  }

  /// T1 has expired (RFC 5352 section 3.7.2).
  private void unanswered(Turn turn, Subject subject) {
    Exchange exchange = open.get(subject);
    Home home = user.home;
    if (exchange != null && home != null) {
      send(turn, exchange);
      user.hunt.lost(turn.nowNs(), home.registrar(), turn.out());
    }
  }

  private void retry(Turn turn, Subject subject) {
    Exchange exchange = open.get(subject);
    if (exchange != null) {
      exchange.refusals =
          Math.min(exchange.refusals, Math.max(0, user.hunt.candidates(turn.nowNs()) - 2));
      send(turn, exchange);
    }
  }

  /// Time is over: once more, as long as nothing was ever heard and somebody may be answering.
  private void giveUp(Turn turn, Subject subject) {
    Exchange exchange = open.get(subject);
    if (exchange != null && user.mayHearYet()) {
      long lastNs = exchange.beganNs + user.firstPatienceNs();
      if (turn.nowNs() < lastNs) {
        user.deadlines.set(exchange.end, Math.min(lastNs, turn.nowNs() + user.t1Ns));
        return;
      }
    }
    fail(turn, subject);
  }

  private void fail(Turn turn, Subject subject) {
    Exchange exchange = open.get(subject);
    if (exchange != null) {
      end(exchange);
      failed.accept(turn, exchange);
    }
  }
}
