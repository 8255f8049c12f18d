package io.rserpool.engine.element;

import io.rserpool.engine.Input;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;

/// What an application asks of its pool element engine. One engine is one pool element.
public sealed interface ElementRequest extends Input.Request {

  /// Joins a pool and stays in it until [Leave], whatever happens to registrars and links. Answered
  /// with [ElementResult.Registered] at the first success, or with a failure after MAX-REG-ATTEMPT
  /// attempts or a rejection; in the background the engine goes on trying unless it was rejected.
  ///
  /// @param elementId the identifier, or [ElementId#NONE] to have one chosen at random
  /// @param userTransport where the service is
  /// @param policy the element's policy values
  /// @param asapTransport where registrars can call this element ([Input.AssociationUp] tells of
  ///     such
  ///     calls), or [AsapTransport.Absent#INSTANCE] if they cannot; an unspecified address stands for the local
  ///     address of the association to the registrar
  record Register(
      long requestId,
      PoolHandle handle,
      ElementId elementId,
      TransportAddress userTransport,
      Policy policy,
      AsapTransport asapTransport)
      implements ElementRequest {}

  /// Tells new policy values, such as a load; must be of the type with which the element
  /// registered.
  /// Answered with [ElementResult.Done] at once; the registrar hears it within the update gap.
  record Update(long requestId, Policy policy) implements ElementRequest {}

  /// Leaves the pool: deregisters, and answers [ElementResult.Done] when a registrar has confirmed
  /// or
  /// T3 has expired on all. Sessions are not touched. The engine can register again afterwards.
  record Leave(long requestId) implements ElementRequest {}

  /// Ends all associations without deregistering; answered with [ElementResult.Done].
  record Shutdown(long requestId) implements ElementRequest {}
}
