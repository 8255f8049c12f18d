package io.rserpool.registrar;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.peers.PeerStatus;
import io.rserpool.engine.registrar.RegistrarResult;
import io.rserpool.net.status.ComponentId;
import io.rserpool.net.status.ComponentStatus;
import io.rserpool.net.status.Location;
import io.rserpool.net.status.StatusReport;
import io.rserpool.net.status.StatusReport.Association;
import java.util.function.Supplier;

/// What a registrar says of itself in a status report. Asked on the reporter's thread.
final class RegistrarReport implements Supplier<ComponentStatus> {

  private final Registrar registrar;

  RegistrarReport(Registrar registrar) {
    this.registrar = registrar;
  }

  @Override
  public ComponentStatus get() {
    RegistrarResult.Status status = registrar.status();
    return new ComponentStatus(
        ComponentId.registrar(status.serverId()),
        Location.of(registrar.asap().stream().map(Endpoint::toString).toList()),
        describe(status),
        StatusReport.NO_WORKLOAD,
        status.peers().stream().map(RegistrarReport::association).toList());
  }

  private static String describe(RegistrarResult.Status status) {
    return "%s, %s (%d owned), %s%s"
        .formatted(
            count(status.pools(), "pool"),
            count(status.elements(), "element"),
            status.ownElements(),
            count(status.peers().size(), "peer"),
            status.serving() ? "" : ", starting");
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static Association association(PeerStatus peer) {
    boolean isSctp = peer.addresses().stream().anyMatch(address -> address.startsWith("sctp"));
    return new Association(
        ComponentId.registrar(peer.id()),
        StatusReport.UNKNOWN_DURATION,
        0,
        isSctp ? Association.SCTP : Association.TCP,
        Association.ENRP);
  }
}
