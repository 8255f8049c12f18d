package io.rserpool.services.pingpong;

import io.rserpool.client.Failover;
import io.rserpool.protocol.ElementId;
import java.time.Duration;

/// Told what a [PingPongClient] sees, on the client's thread.
public interface PingPongListener {

  /// Hears nothing.
  PingPongListener SILENT = new PingPongListener() {};

  /// An answer came.
  ///
  /// @param element who gave it
  /// @param roundTrip since the Ping was sent for the first time
  default void answered(PingPongMessage.Pong pong, ElementId element, Duration roundTrip) {}

  /// The numbers of the answers are not gapless: answers were lost on the way, or an element has
  /// counted wrongly.
  ///
  /// @param expected what the number should have been
  /// @param seen what it was; a lower one says that the element went on from an older cookie than
  ///     the last one
  default void gap(long expected, long seen, ElementId element) {}

  /// The session moved to another element.
  ///
  /// @param repeated how many Pings had no answer and were sent again
  default void movedOver(Failover failover, int repeated) {}
}
