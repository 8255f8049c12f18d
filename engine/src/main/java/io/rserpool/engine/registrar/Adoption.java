package io.rserpool.engine.registrar;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Elements of a registrar that was taken over: each is called and told by a keep-alive with the H
/// flag that its home is here now (RFC 5353 section 3.5.2). Who cannot be called gets some time to
/// come by itself; who refuses or stays silent is dead.
final class Adoption implements PoolListener, Calls.Purpose {

  /// An element is called, or has some time to come by itself.
  private record Case(
      ServerId target, Calls.@Nullable Call call, DeadlineQueue.@Nullable Deadline<Due> grace) {}

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final ServerId id;
  private final Membership membership;
  private final ElementMonitor monitor;
  private final Lifetimes lifetimes;
  private final Calls calls;
  private final Verdicts verdicts;
  private final Deaths deaths;
  private final Updates updates;
  private final Releases releases;
  private final long callNs;
  private final long graceNs;
  private final boolean namesElements;
  private final Map<Registration, Case> cases = new LinkedHashMap<>();

  Adoption(
      Turn turn,
      DeadlineQueue<Due> deadlines,
      ServerId id,
      Membership membership,
      ElementMonitor monitor,
      Lifetimes lifetimes,
      Calls calls,
      Verdicts verdicts,
      Deaths deaths,
      Updates updates,
      Releases releases,
      RegistrarSettings settings) {
    this.turn = turn;
    this.deadlines = deadlines;
    this.id = id;
    this.membership = membership;
    this.monitor = monitor;
    this.lifetimes = lifetimes;
    this.calls = calls;
    this.verdicts = verdicts;
    this.deaths = deaths;
    this.updates = updates;
    this.releases = releases;
    this.callNs = settings.ns(RegistrarSetting.CALL_TIME);
    this.graceNs = settings.ns(RegistrarSetting.ADOPTION_GRACE);
    this.namesElements = settings.isOn(RegistrarSetting.KEEP_ALIVE_ELEMENT_ID);
  }

  int size() {
    return cases.size();
  }

  /// This registrar is the home of all elements of a dead one.
  ///
  /// @return how many
  int adopt(ServerId target) {
    List<ElementEntry<Registration>> owned = membership.handlespace().owned(target);
    owned.forEach(entry -> adopt(entry.state(), target));
    return owned.size();
  }

  /// The elements of a target that have not answered yet; a copy.
  List<Registration> waiting(ServerId target) {
    List<Registration> waiting = new ArrayList<>();
    cases.forEach((registration, adopted) -> {
      if (adopted.target().equals(target)) {
        waiting.add(registration);
      }
    });
    return waiting;
  }

  /// An element has answered over an association that is not its own.
  void answeredCall(Registration registration, Association association) {
    Case adopted = cases.get(registration);
    if (adopted == null || adopted.call() == null || !adopted.call().isOver(association)) {
      return;
    }
    registration.association(association);
    registration.came(turn.nowNs());
    settled(registration);
    registration.liveness().heard(turn.nowNs());
    monitor.watch(registration);
    updates.add(registration.entry());
  }

  @Override
  public void answered(Calls.Call call, Association association) {
    ElementEntry<Registration> entry = call.registration().entry();
    ElementId named = namesElements ? entry.id() : ElementId.NONE;
    turn.send(association.id(), new AsapEndpointKeepAlive(id, true, entry.handle(), named));
  }

  @Override
  public void failed(Calls.Call call, Calls.Failure failure, String detail) {
    Registration registration = call.registration();
    calls.end(call);
    boolean mayCome = failure == Calls.Failure.UNREACHABLE;
    if (mayCome
        || verdicts.on(DeathSource.TRANSPORT, registration, turn.nowNs())
            != Verdicts.Decision.REMOVE) {
      waitFor(registration, caseOf(registration).target());
      return;
    }
    cases.remove(registration);
    deaths.dead(registration, DeathSource.TRANSPORT, "adopted, but the call failed: " + detail);
  }

  @Override
  public void added(ElementEntry<Registration> entry) {}

  /// The element has come by itself; yet it may prefer the association on which it was called, and
  /// end the other one.
  @Override
  public void renewed(
      ElementEntry<Registration> entry, PoolElementParameter previous, boolean changed) {
    Registration registration = entry.state();
    Case adopted = cases.get(registration);
    boolean isHere = entry.home().equals(id);
    Calls.Call call = adopted == null || !isHere ? null : adopted.call();
    Association association = call == null ? null : calls.release(call);
    if (association != null) {
      registration.former(association);
      releases.later(association);
    }
    settled(registration);
  }

  @Override
  public void rehomed(ElementEntry<Registration> entry, ServerId previous) {
    settled(entry.state());
  }

  @Override
  public void removed(ElementEntry<Registration> entry) {
    settled(entry.state());
  }

  private void adopt(Registration registration, ServerId target) {
    membership.changeHome(registration, id);
    registration.adopted(target);
    lifetimes.begin(registration);
    if (Calls.isCallable(registration.entry().element().asapTransport())) {
      Calls.Call call = calls.call(registration, this, callNs);
      cases.put(registration, new Case(target, call, null));
    } else {
      waitFor(registration, target);
    }
  }

  private void waitFor(Registration registration, ServerId target) {
    DeadlineQueue.Deadline<Due> grace = deadlines.create(() -> graceOver(registration));
    deadlines.set(grace, turn.nowNs() + graceNs);
    cases.put(registration, new Case(target, null, grace));
  }

  private void graceOver(Registration registration) {
    if (verdicts.on(DeathSource.TRANSPORT, registration, turn.nowNs()) == Verdicts.Decision.WAIT) {
      waitFor(registration, caseOf(registration).target());
      return;
    }
    cases.remove(registration);
    deaths.dead(
        registration, DeathSource.TRANSPORT, "its home was taken over, and it did not come");
  }

  private Case caseOf(Registration registration) {
    Case adopted = cases.get(registration);
    if (adopted == null) {
      throw new IllegalStateException(registration.key() + " is called, but not being adopted");
    }
    return adopted;
  }

  private void settled(Registration registration) {
    Case adopted = cases.remove(registration);
    if (adopted == null) {
      return;
    }
    if (adopted.grace() != null) {
      deadlines.cancel(adopted.grace());
    }
    if (adopted.call() != null) {
      calls.end(adopted.call());
    }
  }
}
