package io.rserpool.protocol;

import java.util.List;

/// Who a registrar is and where its peers reach it: the Server Information parameter (RFC 5354
/// section 3.11).
///
/// @param serverId the registrar
/// @param transports SCTP, TCP or both, SCTP first; a reader takes the first that it can use
public record ServerInformation(ServerId serverId, List<AsapTransport> transports) {

  /// The absent optional parameter of an ENRP_PRESENCE.
  public static final ServerInformation NONE = new ServerInformation(ServerId.NONE, List.of());

  public ServerInformation {
    transports = List.copyOf(transports);
    if (transports.contains(AsapTransport.Absent.INSTANCE)) {
      throw new IllegalArgumentException("a registrar's transport is SCTP or TCP, not absent");
    }
    if (transports.isEmpty() && !serverId.isNone()) {
      throw new IllegalArgumentException("server " + serverId + " needs one transport or more");
    }
  }

  /// Whether this is the absent parameter.
  public boolean isNone() {
    return transports.isEmpty();
  }
}
