package io.rserpool.engine.session.cookie;

import io.rserpool.protocol.Octets;
import java.time.Duration;

/// What came of opening a cookie.
public sealed interface Opening {

  /// It is genuine.
  ///
  /// @param plain what was sealed
  /// @param session the session to which it belongs
  /// @param sequence its number in that session, counted from 1 over all elements
  /// @param age how long ago it was sealed
  record Opened(Octets plain, SessionId session, long sequence, Duration age) implements Opening {}

  /// It is not to be used.
  ///
  /// @param text for people; never anything secret
  record Refused(Refusal reason, String text) implements Opening {}
}
