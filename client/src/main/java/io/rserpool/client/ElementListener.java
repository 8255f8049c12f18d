package io.rserpool.client;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.ServerId;
import java.util.List;

/// What an application may want to know of its pool element. All calls come one after another, in
/// order, on a virtual thread of the element; they may block without harm to the protocol.
public interface ElementListener {

  /// Hears nothing.
  ElementListener SILENT = new ElementListener() {};

  /// The element is in its pool, for the first time or again after it was out.
  ///
  /// @param elementId the element
  /// @param registrar where, as text
  default void registered(ElementId elementId, String registrar) {}

  /// Another registrar is the home from now on.
  ///
  /// @param elementId the element
  /// @param homeId the registrar
  default void homeChanged(ElementId elementId, ServerId homeId) {}

  /// The home registrar is lost; another one is looked for by itself.
  ///
  /// @param elementId the element
  /// @param reason for people
  default void registrarLost(ElementId elementId, String reason) {}

  /// A registrar refused the element for good; the element is out until the application corrects
  /// it.
  ///
  /// @param elementId the element
  /// @param causes why
  default void rejected(ElementId elementId, List<ErrorCause> causes) {}

  /// Somebody took the element out by hand: stop at once ([LeaveRequest#REMOVE]), or serve the
  /// present sessions to their end first ([LeaveRequest#DRAIN]). The element is already out of its
  /// pool.
  ///
  /// @param elementId the element
  /// @param leave how the element is to leave
  default void askedToLeave(ElementId elementId, LeaveRequest leave) {}

  /// {@return what tells this listener everything, and then does what is asked of the element}
  ///
  /// @param remove ends the service at once
  /// @param drain lets the service serve its present users to their end, and then ends it
  default ElementListener obeying(Runnable remove, Runnable drain) {
    return new Obedience(this, remove, drain);
  }
}
