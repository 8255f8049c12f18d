package io.rserpool.client;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.ServerId;
import java.util.List;

/// Tells the application everything, and then does what the registrar asks.
///
/// @param next the application
/// @param remove ends the service at once
/// @param drain lets the service serve its present users to their end
record Obedience(ElementListener next, Runnable remove, Runnable drain) implements ElementListener {

  @Override
  public void registered(ElementId elementId, String registrar) {
    next.registered(elementId, registrar);
  }

  @Override
  public void homeChanged(ElementId elementId, ServerId homeId) {
    next.homeChanged(elementId, homeId);
  }

  @Override
  public void registrarLost(ElementId elementId, String reason) {
    next.registrarLost(elementId, reason);
  }

  @Override
  public void rejected(ElementId elementId, List<ErrorCause> causes) {
    next.rejected(elementId, causes);
  }

  @Override
  public void askedToLeave(ElementId elementId, LeaveRequest leave) {
    next.askedToLeave(elementId, leave);
    switch (leave) {
      case REMOVE -> remove.run();
      case DRAIN -> drain.run();
      case NONE -> {
        // Nobody asked.
      }
    }
  }
}
