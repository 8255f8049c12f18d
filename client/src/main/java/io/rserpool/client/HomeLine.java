package io.rserpool.client;

import io.rserpool.engine.Endpoint;
import io.rserpool.net.status.ComponentId;
import io.rserpool.net.status.StatusReport.Association;
import io.rserpool.protocol.ServerId;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The association with a registrar, as a status report tells it: with whom, over what, for how
/// long.
final class HomeLine {

  private record Home(Endpoint registrar, long sinceNs) {}

  /// The registrar, or nothing.
  private volatile List<Home> home = List.of();

  /// Keeps the time of the first of several confirmations.
  void found(Endpoint registrar) {
    if (home.isEmpty() || !home.getFirst().registrar().equals(registrar)) {
      home = List.of(new Home(registrar, System.nanoTime()));
    }
  }

  void lost() {
    home = List.of();
  }

  /// At most one.
  ///
  /// @param id of the registrar, [ServerId#NONE] if it is not known
  List<Association> associations(ServerId id) {
    return home.stream().map(each -> association(each, id)).toList();
  }

  private static Association association(Home home, ServerId id) {
    return new Association(
        ComponentId.registrar(id),
        TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - home.sinceNs()),
        0,
        protocol(home.registrar().scheme()),
        Association.ASAP);
  }

  private static int protocol(Endpoint.Scheme scheme) {
    return switch (scheme) {
      case TCP, TLS, IN_PROCESS -> Association.TCP;
      case SCTP, SCTP_UDP -> Association.SCTP;
    };
  }
}
