package io.rserpool.engine.registrar;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Input;
import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.protocol.AsapTransport;
import java.util.List;

/// What the operator, or the program around it, asks of a registrar engine.
public sealed interface RegistrarRequest extends Input.Request {

  /// The registrar begins its service; to be given before anything else, when the ports are known.
  /// Answered with [RegistrarResult.Done].
  ///
  /// @param asapTransports where elements and users reach it, as it announces itself
  /// @param enrpTransports where other registrars reach it; SCTP first
  /// @param announces whether it announces itself to elements and users by multicast
  /// @param announcesPresence whether it also tells other registrars by multicast that it is there,
  ///     and seeks them in this way
  /// @param peers the ENRP endpoints of other registrars that are known from the start, whoever
  ///     answers first is the mentor; this registrar's own may be among them. Without any, and
  ///     without multicast, it assumes to be alone
  record Start(
      long requestId,
      List<AsapTransport> asapTransports,
      List<AsapTransport> enrpTransports,
      boolean announces,
      boolean announcesPresence,
      List<Endpoint> peers)
      implements RegistrarRequest {
    public Start {
      peers = List.copyOf(peers);
      asapTransports = List.copyOf(asapTransports);
      enrpTransports = List.copyOf(enrpTransports);
    }

    /// Without presences by multicast.
    public Start(
        long requestId,
        List<AsapTransport> asapTransports,
        List<AsapTransport> enrpTransports,
        boolean announces,
        List<Endpoint> peers) {
      this(requestId, asapTransports, enrpTransports, announces, false, peers);
    }
  }

  /// Asks for counters and sizes; answered with [RegistrarResult.Status].
  record Status(long requestId) implements RegistrarRequest {}

  /// Puts another policy into force: what it does not allow any more ends at once. Answered with
  /// [RegistrarResult.Done].
  record Access(long requestId, AccessPolicy policy) implements RegistrarRequest {}

  /// Ends all associations in order and does nothing any more; the elements are left alone and find
  /// another registrar. Answered with [RegistrarResult.Done].
  record Stop(long requestId) implements RegistrarRequest {}
}
