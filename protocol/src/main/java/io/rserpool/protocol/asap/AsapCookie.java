package io.rserpool.protocol.asap;

import io.rserpool.protocol.Octets;

/// What another element would need to continue this session (RFC 5352 section 2.2.11).
///
/// @param cookie opaque, one byte or more
public record AsapCookie(Octets cookie) implements AsapMessage {

  @Override
  public AsapType type() {
    return AsapType.COOKIE;
  }
}
