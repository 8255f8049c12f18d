package io.rserpool.engine.registrar;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;

/// Tries once, some time after its registration, whether an element can really be called where it
/// says
/// so; if not, it counts as one that cannot be called, so that nobody wastes time on it after a
/// takeover.
final class AddressChecks implements PoolListener, Calls.Purpose {

  private static final long NS_PER_S = 1_000_000_000;

  private final Turn turn;
  private final ServerId id;
  private final DeadlineQueue<Due> deadlines;
  private final Membership membership;
  private final Calls calls;
  private final boolean isOn;
  private final long gapNs;
  private final long limitNs;
  private final DeadlineQueue.Deadline<Due> next;
  private final Deque<Registration> waiting = new ArrayDeque<>();
  private final HashMap<Registration, Calls.Call> running = new HashMap<>();
  private long earliestNs = Long.MIN_VALUE;

  AddressChecks(
      Turn turn,
      DeadlineQueue<Due> deadlines,
      ServerId id,
      Membership membership,
      Calls calls,
      RegistrarSettings settings) {
    this.turn = turn;
    this.id = id;
    this.deadlines = deadlines;
    this.membership = membership;
    this.calls = calls;
    this.isOn = settings.isOn(RegistrarSetting.CALL_CHECK);
    this.gapNs = NS_PER_S / settings.count(RegistrarSetting.CALL_CHECK_RATE);
    this.limitNs = settings.ns(RegistrarSetting.CALL_TIME);
    this.next = deadlines.create(this::callNext);
  }

  @Override
  public void added(ElementEntry<Registration> entry) {
    check(entry);
  }

  /// It may have registered elsewhere until now.
  @Override
  public void renewed(
      ElementEntry<Registration> entry, PoolElementParameter previous, boolean changed) {
    check(entry);
  }

  @Override
  public void rehomed(ElementEntry<Registration> entry, ServerId previous) {}

  @Override
  public void removed(ElementEntry<Registration> entry) {
    Calls.Call call = running.remove(entry.state());
    if (call != null) {
      calls.end(call);
    }
  }

  @Override
  public void answered(Calls.Call call, Association association) {
    running.remove(call.registration());
    calls.end(call);
  }

  @Override
  public void failed(Calls.Call call, Calls.Failure failure, String detail) {
    Registration registration = call.registration();
    running.remove(registration);
    calls.end(call);
    if (registration.standing() != Registration.Standing.MONITORED) {
      return;
    }
    PoolElementParameter element = registration.entry().element();
    AsapTransport claimed = element.asapTransport();
    ElementKey key = registration.key();
    turn.emit(
        new RegistrarEvent.Uncallable(
            key.handle(), key.elementId(), Endpoint.of(claimed).toString(), detail));
    registration.uncallable(claimed);
    membership.put(
        key.handle(),
        registration.asKnownToBeCallable(element),
        registration,
        registration.registrant(),
        id);
  }

  private void check(ElementEntry<Registration> entry) {
    AsapTransport claimed = entry.element().asapTransport();
    // Over SCTP it is where the registration itself came from.
    boolean callable = Calls.isCallable(claimed) && !(claimed instanceof AsapTransport.Sctp);
    if (!isOn || !callable || !entry.home().equals(id) || !entry.state().takeAddressCheck()) {
      return;
    }
    waiting.addLast(entry.state());
    if (!next.isSet()) {
      deadlines.set(next, Math.max(earliestNs, turn.nowNs()));
    }
  }

  private void callNext() {
    Registration registration = waiting.pollFirst();
    if (registration == null) {
      return;
    }
    earliestNs = turn.nowNs() + gapNs;
    if (registration.standing() == Registration.Standing.MONITORED) {
      running.put(registration, calls.callOnce(registration, this, limitNs));
    }
    if (!waiting.isEmpty()) {
      deadlines.set(next, earliestNs);
    }
  }
}
