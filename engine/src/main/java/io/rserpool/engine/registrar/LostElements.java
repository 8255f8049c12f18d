package io.rserpool.engine.registrar;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What becomes of elements whose association is lost: they are called, and removed if nobody
/// answers;
/// if they live, they have the adoption grace to find a home. Where calls are not wanted or not
/// possible, they are removed at once.
final class LostElements implements PoolListener, Calls.Purpose {

  private record Loss(Registration registration, String detail) {}

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final Membership membership;
  private final ElementMonitor monitor;
  private final Calls calls;
  private final Verdicts verdicts;
  private final SelfDoubt doubt;
  private final Deaths deaths;
  private final boolean verifies;
  private final long graceNs;
  private final DeadlineQueue.Deadline<Due> judgement;
  private final List<Loss> kept = new ArrayList<>();
  private final Map<Registration, Calls.Call> called = new LinkedHashMap<>();
  private final Map<Registration, DeadlineQueue.Deadline<Due>> orphans = new LinkedHashMap<>();

  LostElements(
      Turn turn,
      DeadlineQueue<Due> deadlines,
      Membership membership,
      ElementMonitor monitor,
      Calls calls,
      Verdicts verdicts,
      SelfDoubt doubt,
      Deaths deaths,
      RegistrarSettings settings) {
    this.turn = turn;
    this.deadlines = deadlines;
    this.membership = membership;
    this.monitor = monitor;
    this.calls = calls;
    this.verdicts = verdicts;
    this.doubt = doubt;
    this.deaths = deaths;
    this.verifies = settings.isOn(RegistrarSetting.VERIFY_LOSS);
    this.graceNs = settings.ns(RegistrarSetting.ADOPTION_GRACE);
    this.judgement = deadlines.create(this::judgeKept);
  }

  /// An association with elements is gone.
  void lost(Association association, LossReason reason, String detail) {
    for (Registration registration : List.copyOf(association.registrations())) {
      if (registration.returnToFormer()) {
        monitor.askNow(registration);
        continue;
      }
      registration.association(null);
      monitor.release(registration);
      registration.standing(Registration.Standing.CALLED);
      Loss loss = new Loss(registration, "association " + reason + ": " + detail);
      if (doubt.isActive(turn.nowNs())) {
        kept.add(loss);
        deadlines.set(judgement, doubt.untilNs());
      } else {
        judge(loss);
      }
    }
  }

  /// An element answered a keep-alive over an association that is not its own.
  void answeredCall(Registration registration, Association association) {
    Calls.Call call = called.get(registration);
    if (call == null || !call.isOver(association)) {
      return;
    }
    called.remove(registration);
    calls.end(call);
    registration.liveness().heard(turn.nowNs());
    registration.standing(Registration.Standing.ORPHANED);
    membership.changeHome(registration, ServerId.NONE);
    DeadlineQueue.Deadline<Due> grace = deadlines.create(() -> graceOver(registration));
    deadlines.set(grace, turn.nowNs() + graceNs);
    orphans.put(registration, grace);
    ElementKey key = registration.key();
    turn.emit(
        new RegistrarEvent.Orphaned(key.handle(), key.elementId(), Duration.ofNanos(graceNs)));
  }

  /// The element has registered again, here or elsewhere, or is gone.
  void settled(Registration registration) {
    Calls.Call call = called.remove(registration);
    if (call != null) {
      calls.end(call);
    }
    DeadlineQueue.Deadline<Due> grace = orphans.remove(registration);
    if (grace != null) {
      deadlines.cancel(grace);
    }
    kept.removeIf(loss -> loss.registration() == registration);
  }

  @Override
  public void answered(Calls.Call call, Association association) {
    AsapEndpointKeepAlive keepAlive = call.registration().keepAlive();
    turn.send(association.id(), keepAlive);
  }

  @Override
  public void failed(Calls.Call call, Calls.Failure failure, String detail) {
    Registration registration = call.registration();
    switch (verdicts.on(DeathSource.TRANSPORT, registration, turn.nowNs())) {
      case REMOVE, KEEP -> {
        called.remove(registration);
        calls.end(call);
        deaths.dead(registration, DeathSource.TRANSPORT, "lost, and the call failed: " + detail);
      }
      case WAIT -> {
        long untilNs = verdicts.waitUntilNs(registration, turn.nowNs());
        if (failure == Calls.Failure.OVER) {
          calls.extend(call, untilNs);
        } else {
          called.remove(registration);
          kept.add(new Loss(registration, detail));
          deadlines.set(judgement, untilNs);
        }
      }
    }
  }

  @Override
  public void added(ElementEntry<Registration> entry) {}

  @Override
  public void renewed(
      ElementEntry<Registration> entry, PoolElementParameter previous, boolean changed) {
    settled(entry.state());
  }

  @Override
  public void rehomed(ElementEntry<Registration> entry, ServerId previous) {
    if (!entry.home().isNone()) {
      settled(entry.state());
    }
  }

  @Override
  public void removed(ElementEntry<Registration> entry) {
    settled(entry.state());
    monitor.release(entry.state());
  }

  private void judgeKept() {
    List<Loss> losses = List.copyOf(kept);
    kept.clear();
    losses.forEach(this::judge);
  }

  private void judge(Loss loss) {
    Registration registration = loss.registration();
    boolean callable = Calls.isCallable(registration.entry().element().asapTransport());
    if (verifies && callable) {
      long limitNs = registration.liveness().callNs(turn.nowNs());
      called.put(registration, calls.call(registration, this, limitNs));
      return;
    }
    switch (verdicts.on(DeathSource.TRANSPORT, registration, turn.nowNs())) {
      case REMOVE, KEEP -> deaths.dead(registration, DeathSource.TRANSPORT, loss.detail());
      case WAIT -> {
        kept.add(loss);
        deadlines.set(judgement, verdicts.waitUntilNs(registration, turn.nowNs()));
      }
    }
  }

  private void graceOver(Registration registration) {
    orphans.remove(registration);
    deaths.dead(registration, DeathSource.TRANSPORT, "no new home within the adoption grace");
  }
}
