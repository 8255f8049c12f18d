package io.rserpool.engine.registrar;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.access.Decision;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.AsapTransport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calls elements at their ASAP transports: so many at once, each with a time limit, the others wait
/// their turn. Whoever does not accept soon is called once more while the first attempt goes on: an
/// attempt whose first packet was lost takes longer than a verdict may.
final class Calls {

  /// What a call is for.
  interface Purpose {
    /// The element's side has accepted.
    void answered(Call call, Association association);

    /// Nobody accepted, or the association was lost again.
    void failed(Call call, Failure failure, String detail);
  }

  /// Why a call came to nothing.
  enum Failure {
    /// The other side says that nobody is there, or broke it.
    REFUSED,
    /// There is no way to it.
    UNREACHABLE,
    /// The time for it is over.
    OVER
  }

  /// One call: the attempts to reach an element, until one of them is accepted.
  static final class Call {
    private final Registration registration;
    private final Purpose purpose;
    private final long limitNs;
    private final int attemptsMax;
    private final Set<AssociationId> attempts = new LinkedHashSet<>();
    private final DeadlineQueue.Deadline<Due> limit;
    private final DeadlineQueue.Deadline<Due> next;
    private @Nullable AssociationId accepted;
    private int attemptsMade;

    Call(
        Registration registration,
        Purpose purpose,
        long limitNs,
        int attemptsMax,
        DeadlineQueue<Due> deadlines,
        Consumer<Call> attempt) {
      this.registration = registration;
      this.purpose = purpose;
      this.limitNs = limitNs;
      this.attemptsMax = attemptsMax;
      this.limit = deadlines.create(() -> purpose.failed(this, Failure.OVER, "no answer in time"));
      this.next = deadlines.create(() -> attempt.accept(this));
    }

    Registration registration() {
      return registration;
    }

    boolean isOver(Association association) {
      return association.id().equals(accepted);
    }
  }

  /// How often an element is tried in one call.
  private static final int ATTEMPTS = 4;

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final Associations associations;
  private final Gate gate;
  private final int callsMax;
  private final HashMap<AssociationId, Call> byAttempt = new HashMap<>();
  private final HashSet<Call> running = new HashSet<>();
  private final Deque<Call> waiting = new ArrayDeque<>();

  Calls(
      Turn turn,
      DeadlineQueue<Due> deadlines,
      Associations associations,
      Gate gate,
      RegistrarSettings settings) {
    this.turn = turn;
    this.deadlines = deadlines;
    this.associations = associations;
    this.gate = gate;
    this.callsMax = settings.count(RegistrarSetting.CALLS_MAX);
    associations.listen((association, reason, detail) -> lost(association.id(), reason, detail));
  }

  /// Whether an ASAP transport can be called at all.
  static boolean isCallable(AsapTransport transport) {
    return transport.port() != 0 && !transport.addresses().isEmpty();
  }

  int size() {
    return running.size() + waiting.size();
  }

  /// Calls the element of a registration, now or when it is its turn.
  Call call(Registration registration, Purpose purpose, long limitNs) {
    return call(registration, purpose, limitNs, ATTEMPTS);
  }

  /// Calls it with a single attempt: whoever is there may not want it.
  Call callOnce(Registration registration, Purpose purpose, long limitNs) {
    return call(registration, purpose, limitNs, 1);
  }

  private Call call(Registration registration, Purpose purpose, long limitNs, int attemptsMax) {
    Call call = new Call(registration, purpose, limitNs, attemptsMax, deadlines, this::attempt);
    waiting.addLast(call);
    startWaiting();
    return call;
  }

  /// Gives a call up, whatever it has reached. An association that the element has begun to use
  /// stays.
  void end(Call call) {
    waiting.remove(call);
    AssociationId id = call.accepted;
    if (!over(call)) {
      return;
    }
    Association association = id == null ? null : associations.find(id);
    if (association != null
        && association.registrations().isEmpty()
        && association.subscriptions().isEmpty()) {
      associations.close(association);
    }
    startWaiting();
  }

  /// Lets a call's association, if it is up, live on by itself.
  ///
  /// @return that association
  @Nullable Association release(Call call) {
    AssociationId id = call.accepted;
    Association association = id == null ? null : associations.find(id);
    if (association == null) {
      end(call);
      return null;
    }
    over(call);
    startWaiting();
    return association;
  }

  /// A call was accepted; it needs no other attempt. If somebody else has accepted than who registered
  /// the element, or who may not have it any more, nobody is there.
  void up(Association association) {
    Call call = byAttempt.get(association.id());
    if (call == null) {
      associations.close(association);
      return;
    }
    Decision answer = gate.answer(call.registration, association);
    if (!answer.isAllowed()) {
      gate.refused(association, "accept a call to " + call.registration.key(), answer.reason());
      associations.abort(association, "somebody else answers than who may have that element");
      return;
    }
    call.attempts.remove(association.id());
    dropAttempts(call);
    call.accepted = association.id();
    call.purpose.answered(call, association);
  }

  /// The association of a call, or what would have been one, is gone.
  void lost(AssociationId id, LossReason reason, String detail) {
    Call call = byAttempt.get(id);
    if (call == null) {
      return;
    }
    call.attempts.remove(id);
    byAttempt.remove(id);
    over(call);
    startWaiting();
    Failure failure = reason == LossReason.UNREACHABLE ? Failure.UNREACHABLE : Failure.REFUSED;
    call.purpose.failed(call, failure, detail);
  }

  /// The time for a call starts anew, and its attempts as well, if none was accepted.
  void extend(Call call, long untilNs) {
    deadlines.set(call.limit, untilNs);
    if (call.accepted == null) {
      call.attemptsMade = 0;
      attempt(call);
    }
  }

  private void startWaiting() {
    while (running.size() < callsMax && !waiting.isEmpty()) {
      Call call = waiting.removeFirst();
      running.add(call);
      deadlines.set(call.limit, turn.nowNs() + call.limitNs);
      attempt(call);
    }
  }

  private void attempt(Call call) {
    AssociationId id = turn.newAssociation();
    call.attempts.add(id);
    byAttempt.put(id, call);
    AsapTransport transport = call.registration.entry().element().asapTransport();
    turn.effect(new Effect.Open(id, AssociationKind.ASAP, Endpoint.of(transport)));
    call.attemptsMade++;
    if (call.attemptsMade < call.attemptsMax) {
      deadlines.set(call.next, turn.nowNs() + call.limitNs / call.attemptsMax);
    }
  }

  /// @return whether the call was running
  private boolean over(Call call) {
    if (!running.remove(call)) {
      return false;
    }
    dropAttempts(call);
    if (call.accepted != null) {
      byAttempt.remove(call.accepted);
      call.accepted = null;
    }
    deadlines.cancel(call.limit);
    return true;
  }

  /// Nobody waits any more for what has not been accepted.
  private void dropAttempts(Call call) {
    deadlines.cancel(call.next);
    for (AssociationId id : call.attempts) {
      byAttempt.remove(id);
      turn.effect(new Effect.Close(id));
    }
    call.attempts.clear();
  }
}
