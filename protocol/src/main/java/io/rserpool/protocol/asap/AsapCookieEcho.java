package io.rserpool.protocol.asap;

import io.rserpool.protocol.Octets;

/// The latest cookie, given back to the next element (RFC 5352 section 2.2.12).
///
/// @param cookie unchanged, as it was received
public record AsapCookieEcho(Octets cookie) implements AsapMessage {

  @Override
  public AsapType type() {
    return AsapType.COOKIE_ECHO;
  }
}
