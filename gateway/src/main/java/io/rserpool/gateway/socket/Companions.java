package io.rserpool.gateway.socket;

import io.rserpool.gateway.call.ElementConnection;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.util.ArrayList;
import java.util.List;

/// Keeps the sockets of one factory together on one element, if they belong together.
final class Companions {

  /// Each socket goes its own way.
  static final Companions OF_NOBODY = new Companions(false);

  private final boolean areKept;
  private final List<ElementConnection> open = new ArrayList<>();

  private Companions(boolean areKept) {
    this.areKept = areKept;
  }

  /// For a factory all of whose sockets serve one connection of a driver.
  static Companions ofOneConnection() {
    return new Companions(true);
  }

  /// The element to prefer: that of a companion that is connected, or none.
  synchronized ElementId preferred(PoolHandle handle) {
    open.removeIf(connection -> !connection.isOpen());
    return open.stream()
        .filter(connection -> connection.handle().equals(handle))
        .findFirst()
        .map(ElementConnection::elementId)
        .orElse(ElementId.NONE);
  }

  synchronized void joined(ElementConnection connection) {
    if (areKept) {
      open.removeIf(other -> !other.isOpen());
      open.add(connection);
    }
  }
}
