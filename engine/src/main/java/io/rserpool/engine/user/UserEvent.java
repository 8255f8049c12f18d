package io.rserpool.engine.user;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.util.List;

/// What a pool user engine tells.
public sealed interface UserEvent extends Event {

  /// A watched pool has changed, or its present state is known for the first time.
  ///
  /// @param policy the pool's policy; round robin while the pool is empty
  /// @param elements the whole pool as the registrar lists it; empty if there is no such pool
  /// @param pushed whether the registrar pushes changes; false means that the pool is polled
  record PoolChanged(
      PoolHandle handle, Policy policy, List<PoolElementParameter> elements, boolean pushed)
      implements UserEvent {
    public PoolChanged {
      elements = List.copyOf(elements);
    }

    @Override
    public Level level() {
      return Level.DEBUG;
    }

    @Override
    public String describe() {
      return "pool=" + handle + " changed elements=" + elements.size();
    }
  }

  /// A registrar is the home from now on.
  record RegistrarFound(Endpoint registrar) implements UserEvent {
    @Override
    public Level level() {
      return Level.INFO;
    }

    @Override
    public String describe() {
      return "registrar=" + registrar + " found";
    }
  }

  /// The home registrar is lost; the engine hunts for another one.
  record RegistrarLost(Endpoint registrar, String reason) implements UserEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public String describe() {
      return "registrar=" + registrar + " lost: " + reason;
    }
  }

  /// No registrar answers; the hunt goes on.
  record HuntRound(int round, int candidates) implements UserEvent {
    @Override
    public Level level() {
      return round == 1 ? Level.WARN : Level.DEBUG;
    }

    @Override
    public String describe() {
      return "no registrar found in round " + round + " among " + candidates + " candidates";
    }
  }

  /// An element was reported unreachable.
  record ElementReported(PoolHandle handle, ElementId elementId) implements UserEvent {
    @Override
    public Level level() {
      return Level.INFO;
    }

    @Override
    public String describe() {
      return "pool=" + handle + " element=" + elementId + " reported unreachable";
    }
  }

  /// A registrar sent something that it should not have.
  record PeerMisbehaved(Endpoint registrar, String what) implements UserEvent {
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
      return "registrar=" + registrar + " misbehaved: " + what;
    }
  }
}
