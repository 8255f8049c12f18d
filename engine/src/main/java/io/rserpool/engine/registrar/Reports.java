package io.rserpool.engine.registrar;

import io.rserpool.engine.access.Decision;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;

/// Takes reports of unreachable elements (RFC 5352 section 3.5): a keep-alive at once tells whether
/// it
/// is true; beside that, distinct reporters count.
final class Reports {

  private final Turn turn;
  private final ServerId id;
  private final Membership membership;
  private final ElementMonitor monitor;
  private final Verdicts verdicts;
  private final Deaths deaths;
  private final RateLimits limits;
  private final Gate gate;
  private final int reportsToRemove;
  private final boolean asksAtOnce;
  private final long windowNs;

  Reports(
      Turn turn,
      ServerId id,
      RegistrarSettings settings,
      Membership membership,
      ElementMonitor monitor,
      Verdicts verdicts,
      Deaths deaths,
      RateLimits limits,
      Gate gate) {
    this.turn = turn;
    this.id = id;
    this.membership = membership;
    this.monitor = monitor;
    this.verdicts = verdicts;
    this.deaths = deaths;
    this.limits = limits;
    this.gate = gate;
    int max = settings.count(RegistrarSetting.REPORTS_MAX);
    this.reportsToRemove = settings.isOn(RegistrarSetting.REPORTS_MAX_INCLUSIVE) ? max : max + 1;
    this.asksAtOnce = settings.isOn(RegistrarSetting.REPORT_KEEP_ALIVE);
    this.windowNs = settings.ns(RegistrarSetting.REPORT_WINDOW);
  }

  /// A report has come; it is never answered.
  void received(Association association, AsapEndpointUnreachable message) {
    boolean exists = membership.handlespace().pool(message.handle()).isPresent();
    if (!limits.allowsReport(association, message.handle(), exists)) {
      limits.refused(association, "unreachable reports about " + message.handle());
      return;
    }
    association.forgetRefusals();
    Decision right = association.rights().report(message.handle());
    if (!right.isAllowed()) {
      gate.refused(association, "report elements of pool " + message.handle(), right.reason());
      return;
    }
    Registration registration = membership.find(message.handle(), message.elementId());
    if (registration == null) {
      return;
    }
    boolean isOwn = registration.entry().home().equals(id);
    int reporters =
        isOwn ? registration.liveness().report(association.reporter(), turn.nowNs(), windowNs) : 0;
    turn.emit(
        new RegistrarEvent.Reported(
            message.handle(), message.elementId(), association.peer(), reporters));
    if (!isOwn) {
      return;
    }
    if (reporters >= reportsToRemove) {
      condemn(registration, reporters);
    } else if (asksAtOnce) {
      monitor.askNow(registration);
    }
  }

  private void condemn(Registration registration, int reporters) {
    switch (verdicts.on(DeathSource.REPORTS, registration, turn.nowNs())) {
      case REMOVE ->
          deaths.dead(registration, DeathSource.REPORTS, reporters + " users could not reach it");
      case WAIT, KEEP -> monitor.askNow(registration);
    }
  }
}
