package io.rserpool.client;

import io.rserpool.protocol.TransportAddress;
import java.time.Duration;

/// Calls elements.
interface Connector {

  /// Calls an element.
  ///
  /// @throws ConnectFailure with the reason, if it does not answer within the time
  ElementConnection connect(TransportAddress address, Duration timeout) throws ConnectFailure;

  /// An element could not be called.
  final class ConnectFailure extends Exception {
    private final transient FailureSource source;

    ConnectFailure(FailureSource source, String message) {
      super(message);
      this.source = source;
    }

    FailureSource source() {
      return source;
    }
  }
}
