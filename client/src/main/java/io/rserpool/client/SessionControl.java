package io.rserpool.client;

import io.rserpool.protocol.Octets;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a session keeps of its elements' control channels. Guarded by the session's lock.
final class SessionControl {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.client");

  /// An element fills nobody's log: more of the same is told to debuggers only.
  private static final int WARNINGS_MAX = 3;

  private int told;
  private @Nullable Octets cookie;
  private @Nullable AsapBusinessCard card;

  /// Takes a control message of the present element. What an element has no reason to send is
  /// logged and answered with nothing: nobody on its side waits for an answer.
  void received(Link link, AsapMessage message) {
    switch (message) {
      case AsapCookie newest -> cookie = newest.cookie();
      case AsapBusinessCard newest -> card = newest;
      case AsapError error -> tell(link, "reports " + CauseText.of(error.causes()));
      case AsapRegistration _,
          AsapDeregistration _,
          AsapRegistrationResponse _,
          AsapDeregistrationResponse _,
          AsapHandleResolution _,
          AsapHandleResolutionResponse _,
          AsapEndpointKeepAlive _,
          AsapEndpointKeepAliveAck _,
          AsapEndpointUnreachable _,
          AsapServerAnnounce _,
          AsapCookieEcho _ ->
          tell(link, "sent " + message.type() + " in a session: ignored");
    }
  }

  private void tell(Link link, String what) {
    if (++told <= WARNINGS_MAX) {
      LOG.warn("element={} {}", link.element().elementId(), what);
    } else {
      LOG.debug("element={} {}", link.element().elementId(), what);
    }
  }

  /// The newest cookie (RFC 5352 section 3.8): it replaces all before it, whoever sent it.
  Optional<Octets> cookie() {
    return Optional.ofNullable(cookie);
  }

  /// The failover order that the elements wish (RFC 5352 section 3.9).
  Optional<AsapBusinessCard> card() {
    return Optional.ofNullable(card);
  }
}
