package io.rserpool.sim.scope;

import io.rserpool.engine.Event;
import io.rserpool.engine.user.UserResult;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.sim.session.SessionDeed;
import io.rserpool.sim.session.SessionListener;
import java.util.List;

/// Hears what the processes of a scope say and do.
public interface ScopeListener extends SessionListener {

  /// A registrar process has handled something.
  void turned(RegistrarProcess registrar);

  /// A registrar process has begun a new life.
  void started(RegistrarProcess registrar);

  /// A registrar tells something.
  void told(RegistrarProcess registrar, Event event);

  /// An element has been told to join, or joins again at its start.
  void joins(ElementProcess element);

  /// An element's registration has been acknowledged, for the first time or after it was out.
  void registered(ElementProcess element);

  /// An element has been told to leave.
  void leaves(ElementProcess element);

  /// An element has left; if it and the registrars were left in peace, one of them has confirmed it.
  void left(ElementProcess element);

  /// An element takes a registrar for its home.
  default void movesTo(ElementProcess element, ServerId home) {}

  /// A registrar refused an element for good.
  void rejected(ElementProcess element, String causes);

  /// A resolution that a user asked for is over.
  ///
  /// @param tookNs how long that took
  default void answered(UserProcess user, UserResult result, long tookNs) {}

  /// A user has an answer to a resolution that it asked for.
  void resolved(UserProcess user, PoolHandle handle, UserResult result);

  /// A pool that a user watches has changed.
  void changed(UserProcess user, PoolHandle handle, List<PoolElementParameter> elements);

  /// Something happened in a session, if the scope has any.
  @Override
  default void happened(SessionDeed deed) {}
}
