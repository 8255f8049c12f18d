package io.rserpool.services.calculation;

import io.rserpool.client.channel.UserMessage;
import io.rserpool.client.host.ServiceSession;
import io.rserpool.client.host.SessionInput;
import io.rserpool.client.host.ViolationException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One user's session with the service, and its job if it has one.
///
/// The session's thread sleeps until the job needs something. How fast the job gets on depends on
/// other jobs, which come and go: so the thread wakes when the job would be complete without
/// company, looks how far it is, and sleeps again. With n jobs each look comes 1/n closer, which
/// makes a few dozen looks for a job and needs no messages among threads.
final class Workplace {

  /// How soon an ending service is noticed.
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);

  /// Looking more often would only burn the processor.
  private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ServiceSession session;
  private final CalculationSettings settings;
  private final Capacity capacity;
  private final LongSupplier clock;
  private final boolean isFarewellGiven;
  private Capacity.@Nullable Job job;
  private long cookieCompleted;
  private long cookieNs;
  private long aliveNs;
  private boolean isAckDue;

  Workplace(
      ServiceSession session,
      CalculationSettings settings,
      Capacity capacity,
      LongSupplier clock,
      boolean isFarewellGiven) {
    this.session = session;
    this.settings = settings;
    this.capacity = capacity;
    this.clock = clock;
    this.isFarewellGiven = isFarewellGiven;
  }

  /// Serves the session to its end.
  void run() throws IOException {
    SessionInput input = next();
    while (input != SessionInput.End.END) {
      switch (input) {
        case SessionInput.Data(UserMessage message) -> take(message.bytes());
        case SessionInput.CookieEcho(byte[] bytes) -> resume(bytes);
        case SessionInput.Silence _, SessionInput.CookieRefused _, SessionInput.End _ -> {
          // Time has passed; the host ends sessions with bad cookies.
        }
      }
      Capacity.Job working = job;
      if (working != null && !workOn(working)) {
        return;
      }
      input = next();
    }
  }

  private SessionInput next() throws IOException {
    Capacity.Job working = job;
    if (working == null) {
      return session.receive();
    }
    return session.receive(Duration.ofNanos(Math.clamp(dueInNs(working), REST_NS, LOOK_NS)));
  }

  private long dueInNs(Capacity.Job working) {
    long now = clock.getAsLong();
    long completed = capacity.completed(working, now);
    long cookieAt = cookieCompleted + settings.cookieCalculations();
    long patience =
        (isAckDue ? settings.keepAliveTimeout() : settings.keepAliveInterval()).toNanos();
    long atBest = capacity.nsAtBest(Math.min(working.size(), cookieAt) - completed);
    long timed = Math.min(cookieNs + settings.cookieTime().toNanos(), aliveNs + patience) - now;
    return Math.min(atBest, timed);
  }

  /// Ends the job, complete or not.
  void drop() {
    Capacity.Job working = job;
    if (working != null) {
      capacity.end(working, clock.getAsLong());
      job = null;
      session.loadChanged();
    }
  }

  // What the user says.

  private void take(byte[] bytes) throws IOException {
    CalculationMessage message =
        CalculationMessage.decode(bytes).orElseThrow(ViolationException::new);
    switch (message.type()) {
      case REQUEST -> begin(message.jobId(), message.jobSize(), 0);
      case KEEP_ALIVE -> {
        // One for a job that is not here gets no answer: so the user learns that it is lost.
        if (isOwn(message.jobId())) {
          say(CalculationMessage.Type.KEEP_ALIVE_ACK, message.jobId());
        }
      }
      case KEEP_ALIVE_ACK -> {
        if (isOwn(message.jobId())) {
          isAckDue = false;
          aliveNs = clock.getAsLong();
        }
      }
      case ABORT -> {
        if (isOwn(message.jobId())) {
          drop();
        }
      }
      case ACCEPT, REJECT, COMPLETE ->
          throw new ViolationException("expected what users send, but got " + message);
    }
  }

  private boolean isOwn(long jobId) {
    Capacity.Job working = job;
    return working != null && working.id() == jobId;
  }

  private void resume(byte[] bytes) throws IOException {
    CalculationCookie cookie = CalculationCookie.decode(bytes).orElseThrow(ViolationException::new);
    if (cookie.completed() < 0) {
      throw new ViolationException("expected a number of calculations, but got " + cookie);
    }
    begin(cookie.jobId(), cookie.jobSize(), cookie.completed());
  }

  private void begin(long jobId, long jobSize, long completed) throws IOException {
    if (isOwn(jobId)) {
      throw new ViolationException("expected another job than 0x%08x, which runs".formatted(jobId));
    }
    long now = clock.getAsLong();
    Capacity.Job accepted =
        job != null || jobSize < 0
            ? null
            : capacity.begin(jobId, jobSize, completed, now).orElse(null);
    if (accepted == null) {
      say(CalculationMessage.Type.REJECT, jobId);
      return;
    }
    job = accepted;
    cookieCompleted = completed;
    cookieNs = now;
    aliveNs = now;
    isAckDue = false;
    session.loadChanged();
    say(CalculationMessage.Type.ACCEPT, jobId);
  }

  // What time brings.

  /// Does what is due; false when the session is to end.
  private boolean workOn(Capacity.Job working) throws IOException {
    long now = clock.getAsLong();
    long completed = capacity.completed(working, now);
    if (completed >= working.size()) {
      drop();
      session.send(
          new CalculationMessage(
                  CalculationMessage.Type.COMPLETE, working.id(), working.size(), completed)
              .encode());
      return true;
    }
    if (session.isEnding()) {
      if (isFarewellGiven) {
        sendCookie(working, completed, now);
      }
      return false;
    }
    if (completed - cookieCompleted >= settings.cookieCalculations()
        || now - cookieNs >= settings.cookieTime().toNanos()) {
      sendCookie(working, completed, now);
    }
    watchUser(working, now);
    return true;
  }

  private void sendCookie(Capacity.Job working, long completed, long now) throws IOException {
    session.sendCookie(new CalculationCookie(working.id(), working.size(), completed).encode());
    cookieCompleted = completed;
    cookieNs = now;
  }

  private void watchUser(Capacity.Job working, long now) throws IOException {
    if (isAckDue && now - aliveNs >= settings.keepAliveTimeout().toNanos()) {
      drop();
    } else if (!isAckDue && now - aliveNs >= settings.keepAliveInterval().toNanos()) {
      isAckDue = true;
      aliveNs = now;
      say(CalculationMessage.Type.KEEP_ALIVE, working.id());
    }
  }

  private void say(CalculationMessage.Type type, long jobId) throws IOException {
    session.send(new CalculationMessage(type, jobId, 0, 0).encode());
  }
}
