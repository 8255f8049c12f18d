package io.rserpool.protocol.asap;

/// Any ASAP message (RFC 5352 section 2.2).
public sealed interface AsapMessage
    permits AsapRegistration,
        AsapDeregistration,
        AsapRegistrationResponse,
        AsapDeregistrationResponse,
        AsapHandleResolution,
        AsapHandleResolutionResponse,
        AsapEndpointKeepAlive,
        AsapEndpointKeepAliveAck,
        AsapEndpointUnreachable,
        AsapServerAnnounce,
        AsapCookie,
        AsapCookieEcho,
        AsapBusinessCard,
        AsapError {

  /// The message type on the wire, 1 to 14.
  AsapType type();
}
