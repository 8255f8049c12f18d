package io.rserpool.cli.console;

import io.rserpool.engine.Endpoint;
import java.util.List;

/// A registrar's address as it was written. If it has no port, it is that of the protocol, which depends
/// on whether TLS is spoken there; only of TCP the scheme says so.
///
/// @param plain what it means without TLS
/// @param secured what it means with TLS
public record Written(Endpoint plain, Endpoint secured) {

  /// What it means.
  public Endpoint with(boolean isSecured) {
    return isSecured ? secured : plain;
  }

  /// What they mean, in order.
  public static List<Endpoint> all(List<Written> written, boolean isSecured) {
    return written.stream().map(each -> each.with(isSecured)).toList();
  }
}
