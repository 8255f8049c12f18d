package io.rserpool.engine.registrar;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.AsapTransport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// Calls elements at their ASAP transports: so many at once, each with a time limit, the others
/// wait
/// their turn.
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

  /// One call.
  static final class Call {
    private final Registration registration;
    private final Purpose purpose;
    private final long limitNs;
    private @Nullable AssociationId id;
    private DeadlineQueue.@Nullable Deadline<Due> deadline;

    Call(Registration registration, Purpose purpose, long limitNs) {
      this.registration = registration;
      this.purpose = purpose;
      this.limitNs = limitNs;
    }

    Registration registration() {
      return registration;
    }

    boolean isOver(Association association) {
      return association.id().equals(id);
    }
  }

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final Associations associations;
  private final int callsMax;
  private final HashMap<AssociationId, Call> running = new HashMap<>();
  private final Deque<Call> waiting = new ArrayDeque<>();

  Calls(
      Turn turn,
      DeadlineQueue<Due> deadlines,
      Associations associations,
      RegistrarSettings settings) {
    this.turn = turn;
    this.deadlines = deadlines;
    this.associations = associations;
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
    Call call = new Call(registration, purpose, limitNs);
    waiting.addLast(call);
    startWaiting();
    return call;
  }

  /// Gives a call up, whatever it has reached. An association that the element has begun to use
  /// stays.
  void end(Call call) {
    waiting.remove(call);
    AssociationId id = call.id;
    if (id == null || running.remove(id) == null) {
      return;
    }
    cancelDeadline(call);
    Association association = associations.find(id);
    if (association == null) {
      turn.effect(new Effect.Close(id));
    } else if (association.registrations().isEmpty() && association.subscriptions().isEmpty()) {
      associations.close(association);
    }
    startWaiting();
  }

  /// Lets a call's association, if it is up, live on by itself.
  ///
  /// @return that association
  @Nullable Association release(Call call) {
    AssociationId id = call.id;
    Association association = id == null ? null : associations.find(id);
    if (association == null) {
      end(call);
      return null;
    }
    running.remove(association.id());
    cancelDeadline(call);
    startWaiting();
    return association;
  }

  /// A call was accepted.
  void up(Association association) {
    Call call = running.get(association.id());
    if (call == null) {
      associations.close(association);
      return;
    }
    call.purpose.answered(call, association);
  }

  /// The association of a call, or what would have been one, is gone.
  void lost(AssociationId id, LossReason reason, String detail) {
    Call call = running.remove(id);
    if (call == null) {
      return;
    }
    cancelDeadline(call);
    startWaiting();
    Failure failure = reason == LossReason.UNREACHABLE ? Failure.UNREACHABLE : Failure.REFUSED;
    call.purpose.failed(call, failure, detail);
  }

  /// The time for a call starts anew.
  void extend(Call call, long untilNs) {
    if (call.deadline != null) {
      deadlines.set(call.deadline, untilNs);
    }
  }

  private void startWaiting() {
    while (running.size() < callsMax && !waiting.isEmpty()) {
      start(waiting.removeFirst());
    }
  }

  private void start(Call call) {
    AssociationId id = turn.newAssociation();
    call.id = id;
    running.put(id, call);
    call.deadline =
        deadlines.create(() -> call.purpose.failed(call, Failure.OVER, "no answer in time"));
    deadlines.set(call.deadline, turn.nowNs() + call.limitNs);
    AsapTransport transport = call.registration.entry().element().asapTransport();
    turn.effect(new Effect.Open(id, AssociationKind.ASAP, Endpoint.of(transport)));
  }

  private void cancelDeadline(Call call) {
    if (call.deadline != null) {
      deadlines.cancel(call.deadline);
    }
  }
}
