package io.rserpool.client.host;

import java.io.IOException;

/// The peer broke the protocol; the conversation with it cannot go on.
public final class ViolationException extends IOException {

  /// Says what was expected and what was seen.
  ///
  /// @param message what is sent
  public ViolationException(String message) {
    super(message);
  }
}
