package io.rserpool.engine.session.element;

import io.rserpool.engine.session.cookie.Opening;
import io.rserpool.protocol.Octets;

/// Tells what a cookie is worth that a user shows.
@FunctionalInterface
public interface CookieReader {

  /// Opens one.
  ///
  /// @param nowMs the time, in milliseconds since 1970
  Opening open(Octets cookie, long nowMs);
}
