package io.rserpool.engine.registrar;

import io.rserpool.engine.Event;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;

/// What a registrar engine tells of the policy of a secured scope, beside refused registrations
/// ([RegistrarEvent.Rejected]), registrars in the name of others
/// ([io.rserpool.engine.peers.PeerEvent.Impostor]) and updates that are not followed
/// ([io.rserpool.engine.peers.PeerEvent.UpdateIgnored]).
public sealed interface AccessEvent extends Event {

  @Override
  default Level level() {
    return Level.INFO;
  }

  /// Somebody wanted what the policy does not let him have. He was not told why.
  ///
  /// @param wanted what, as a verb and its object
  record Unauthorised(String peer, String wanted, String why) implements AccessEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return "peer=" + peer + " may not " + wanted + ": " + why;
    }
  }

  /// A registration has ended since the policy does not allow it any more.
  record Expelled(PoolHandle handle, ElementId elementId, String why) implements AccessEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public String describe() {
      return "pool=" + handle + " element=" + elementId + " is not allowed any more: " + why;
    }
  }

  /// Another policy is in force.
  ///
  /// @param secured whether anybody is asked who he is
  /// @param registrations how many have ended here
  /// @param subscriptions how many have ended
  /// @param associations how many were broken
  record PolicyChanged(boolean secured, int registrations, int subscriptions, int associations)
      implements AccessEvent {
    @Override
    public String describe() {
      return "policy changed: secured=%s ended registrations=%d subscriptions=%d associations=%d"
          .formatted(secured, registrations, subscriptions, associations);
    }
  }
}
