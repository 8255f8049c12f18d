package io.rserpool.client.host;

import io.rserpool.client.ElementListener;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.ServerId;
import java.util.List;

/// Does what the registrar asks, and tells the application everything.
///
/// @param next the application
/// @param close ends the host at once
/// @param drain lets the host serve its present users to their end
record Obedience(ElementListener next, Runnable close, Runnable drain) implements ElementListener {

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
      case REMOVE -> close.run();
      case DRAIN, NONE -> drain.run();
    }
  }
}
