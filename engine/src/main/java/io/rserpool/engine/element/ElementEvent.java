package io.rserpool.engine.element;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.util.List;

/// What a pool element engine tells.
public sealed interface ElementEvent extends Event {

  /// The element is in its pool, for the first time or again after it was out.
  record Registered(PoolHandle handle, ElementId elementId, Endpoint registrar)
      implements ElementEvent {
    @Override
    public Level level() {
      return Level.INFO;
    }

    @Override
    public String describe() {
      return "pool=" + handle + " element=" + elementId + " registered at " + registrar;
    }
  }

  /// A registrar refused the element for good; a person or the application must correct something.
  record Rejected(PoolHandle handle, ElementId elementId, List<ErrorCause> causes)
      implements ElementEvent {
    public Rejected {
      causes = List.copyOf(causes);
    }

    @Override
    public Level level() {
      return Level.ERROR;
    }

    @Override
    public String describe() {
      return "pool=" + handle + " element=" + elementId + " rejected: " + causes;
    }
  }

  /// Another registrar is the home from now on.
  record HomeChanged(PoolHandle handle, ElementId elementId, ServerId homeId)
      implements ElementEvent {
    @Override
    public Level level() {
      return Level.INFO;
    }

    @Override
    public String describe() {
      return "pool=" + handle + " element=" + elementId + " home=" + homeId;
    }
  }

  /// The home registrar is lost; the engine hunts for another one and registers there.
  record RegistrarLost(PoolHandle handle, ElementId elementId, String reason)
      implements ElementEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public String describe() {
      return "pool=" + handle + " element=" + elementId + " lost its registrar: " + reason;
    }
  }

  /// No registrar answers; the hunt goes on.
  record HuntRound(PoolHandle handle, ElementId elementId, int round, int candidates)
      implements ElementEvent {
    @Override
    public Level level() {
      return round == 1 ? Level.WARN : Level.DEBUG;
    }

    @Override
    public String describe() {
      return "pool=%s element=%s found no registrar in round %d among %d candidates"
          .formatted(handle, elementId, round, candidates);
    }
  }

  /// Somebody took the element out by hand: the application is to stop at once
  /// ([LeaveRequest#REMOVE])
  /// or to serve its sessions to their end first ([LeaveRequest#DRAIN]). The engine does not
  /// register
  /// again by itself.
  record AskedToLeave(PoolHandle handle, ElementId elementId, LeaveRequest leave)
      implements ElementEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public String describe() {
      return "pool=" + handle + " element=" + elementId + " taken out by hand: " + leave;
    }
  }

  /// A peer sent something that it should not have.
  record PeerMisbehaved(PoolHandle handle, ElementId elementId, String what)
      implements ElementEvent {
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
      return "pool=" + handle + " element=" + elementId + " peer misbehaved: " + what;
    }
  }
}
