package io.rserpool.engine;

import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;

/// Something that an engine wants done. Effects on associations that are already gone are ignored.
public sealed interface Effect {

  /// Call a peer. [Input.AssociationUp] or [Input.AssociationDown] follows; the attempt itself has
  /// no
  /// time limit other than the transport's, so an engine closes what takes too long.
  record Open(AssociationId association, AssociationKind kind, Endpoint endpoint)
      implements Effect {}

  /// End an association in order, after everything sent on it has been delivered.
  record Close(AssociationId association) implements Effect {}

  /// Break an association at once.
  ///
  /// @param reason for people and logs
  record Abort(AssociationId association, String reason) implements Effect {}

  /// Send an ASAP message.
  record SendAsap(AssociationId association, AsapMessage message) implements Effect {}

  /// Send an ENRP message.
  record SendEnrp(AssociationId association, EnrpMessage message) implements Effect {}

  /// Announce this registrar to elements and users by multicast, where the scope uses it.
  record Announce(AsapServerAnnounce message) implements Effect {}

  /// Tell other registrars by multicast that this one is there, where the scope uses that.
  record AnnouncePresence(EnrpPresence message) implements Effect {}

  /// Answer a request.
  record Reply(long requestId, Result result) implements Effect {}

  /// Tell what happened, for logs, metrics, status and traces.
  record Emit(Event event) implements Effect {}

  /// What came of a request; each engine has its own sealed family.
  interface Result {}
}
