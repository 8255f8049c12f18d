package io.rserpool.client;

import io.rserpool.engine.element.ElementEvent;
import io.rserpool.net.status.ComponentId;
import io.rserpool.net.status.ComponentStatus;
import io.rserpool.net.status.Location;
import io.rserpool.net.status.StatusReport.Association;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import java.util.List;
import java.util.function.Supplier;

/// What a pool element says of itself in a status report. Events come on the node's thread,
/// questions on the reporter's.
final class ElementReport implements Supplier<ComponentStatus> {

  private final PoolElement element;
  private final Scope scope;
  private final Registration registration;
  private final HomeLine home = new HomeLine();
  private String location = "";

  ElementReport(PoolElement element, Scope scope, Registration registration) {
    this.element = element;
    this.scope = scope;
    this.registration = registration;
  }

  void observe(ElementEvent event) {
    switch (event) {
      case ElementEvent.Registered registered -> home.found(registered.registrar());
      case ElementEvent.RegistrarLost _ -> home.lost();
      case ElementEvent.Rejected _, ElementEvent.AskedToLeave _ -> home.lost();
      case ElementEvent.HomeChanged _, ElementEvent.HuntRound _, ElementEvent.PeerMisbehaved _ -> {
        // The association is the same.
      }
    }
  }

  @Override
  public ComponentStatus get() {
    if (location.isEmpty()) {
      location = Location.of(addresses());
    }
    Policy policy = element.policy();
    List<Association> associations = home.associations(element.homeId());
    return new ComponentStatus(
        ComponentId.element(element.elementId()),
        location,
        describe(policy, !associations.isEmpty()),
        Workload.of(policy),
        associations);
  }

  private String describe(Policy policy, boolean hasHome) {
    return "pool %s, %s%s"
        .formatted(
            element.handle(), PolicyNotation.format(policy), hasHome ? "" : ", seeks a registrar");
  }

  private List<String> addresses() {
    List<IpAddress> given = registration.addresses();
    return (given.isEmpty() ? List.of(scope.ownAddress()) : given)
        .stream().map(each -> describe(each, registration.port())).toList();
  }

  private static String describe(IpAddress address, int port) {
    return address instanceof IpAddress.V6 ? "[" + address + "]:" + port : address + ":" + port;
  }
}
