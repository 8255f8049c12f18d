package io.rserpool.client;

import io.rserpool.engine.Event;
import io.rserpool.engine.user.UserEvent;
import io.rserpool.net.status.ComponentId;
import io.rserpool.net.status.ComponentStatus;
import io.rserpool.net.status.Location;
import io.rserpool.net.status.StatusReport;
import io.rserpool.net.status.StatusReport.Association;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// What a pool user says of itself in a status report. Events come on the node's thread, questions
/// on the reporter's.
final class UserReport implements Supplier<ComponentStatus> {

  /// A pool user has no identifier, so it draws one for its reports; it is never 0.
  private final long id = ComponentId.user(new SecureRandom().nextLong() | 1);

  private final Scope scope;
  private final Set<PoolSession> sessions;
  private final HomeLine home = new HomeLine();
  private String location = "";

  /// @param sessions may change at any time
  UserReport(Scope scope, Set<PoolSession> sessions) {
    this.scope = scope;
    this.sessions = sessions;
  }

  void observe(Event event) {
    if (event instanceof UserEvent.RegistrarFound found) {
      home.found(found.registrar());
    } else if (event instanceof UserEvent.RegistrarLost) {
      home.lost();
    }
  }

  @Override
  public ComponentStatus get() {
    if (location.isEmpty()) {
      location = Location.of(List.of(scope.ownAddress().toString()));
    }
    // No answer to a pool user names the registrar that gives it.
    List<Association> associations = new ArrayList<>(home.associations(ServerId.NONE));
    int withRegistrars = associations.size();
    sessions.forEach(session -> served(session).forEach(associations::add));
    int count = associations.size() - withRegistrars;
    return new ComponentStatus(
        id,
        location,
        count + (count == 1 ? " session" : " sessions"),
        StatusReport.NO_WORKLOAD,
        associations);
  }

  private static List<Association> served(PoolSession session) {
    try {
      return List.of(association(session.element()));
    } catch (IllegalStateException _) {
      // It still looks for its first element.
      return List.of();
    }
  }

  private static Association association(PoolElementParameter element) {
    return new Association(
        ComponentId.element(element.elementId()),
        StatusReport.UNKNOWN_DURATION,
        0,
        protocol(element.userTransport()),
        0);
  }

  /// The number of the protocol above IP.
  private static int protocol(TransportAddress transport) {
    return switch (transport) {
      case AsapTransport.Sctp _ -> Association.SCTP;
      case AsapTransport.Tcp _ -> Association.TCP;
      case TransportAddress.Udp _ -> 17;
      case TransportAddress.UdpLite _ -> 136;
      case TransportAddress.Dccp _ -> 33;
      case AsapTransport.Absent _, TransportAddress.Opaque _ -> 0;
    };
  }
}
