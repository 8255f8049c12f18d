package io.rserpool.engine.session.element;

import io.rserpool.engine.session.Payload;
import io.rserpool.engine.session.cookie.Opening;
import io.rserpool.engine.session.cookie.Refusal;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One user's session at a pool element. It decides what the service hears and what the user is
/// answered:
///
/// | what comes | before anything else | after a cookie echo | after data |
/// |---|---|---|---|
/// | data | delivered | delivered | delivered |
/// | cookie echo | opened: delivered, or refused | ignored and reported | refused as late |
/// | keep-alive | answered | answered | answered |
/// | business card | kept, the newest counts | kept | kept |
/// | anything else | ignored and reported | ignored and reported | ignored and reported |
///
/// RFC 5352 section 3.8 has users send the echo first; one that comes later finds a service that has
/// begun anew, and the user takes that for a continuation. So it counts as a refused one, whose
/// session ends unless the service decides otherwise.
///
/// Touched by one thread at a time.
///
/// @param <P> the data
public final class ElementSession<P extends Payload> {

  private final PoolHandle handle;
  private final Supplier<ElementId> elementId;
  private final String user;
  private final CookieReader cookies;
  private final OnRefusal onRefusal;
  private boolean hasData;
  private boolean hasEcho;
  private boolean hasEnded;
  private @Nullable AsapBusinessCard card;

  /// A session that has just begun.
  ///
  /// @param handle the element's pool
  /// @param elementId the element, or [ElementId#NONE] while no registrar has confirmed it
  /// @param user where the user is, for people
  /// @param cookies opens cookies
  /// @param onRefusal what becomes of the session if one is refused
  public ElementSession(
      PoolHandle handle,
      Supplier<ElementId> elementId,
      String user,
      CookieReader cookies,
      OnRefusal onRefusal) {
    this.handle = handle;
    this.elementId = elementId;
    this.user = user;
    this.cookies = cookies;
    this.onRefusal = onRefusal;
  }

  /// Data came.
  public void data(P payload, ElementSessionEffects<P> out) {
    if (!hasEnded) {
      hasData = true;
      out.accept(new ElementSessionEffect.DeliverData<>(payload));
    }
  }

  /// A message came on the control channel.
  ///
  /// @param nowMs the time, in milliseconds since 1970
  public void control(long nowMs, AsapMessage message, ElementSessionEffects<P> out) {
    if (hasEnded) {
      return;
    }
    switch (message) {
      case AsapCookieEcho(Octets cookie) -> echo(nowMs, cookie, out);
      case AsapEndpointKeepAlive keepAlive -> keepAlive(keepAlive, out);
      case AsapBusinessCard newest -> card = newest;
      case AsapError error -> tell("reports " + error.causes(), out);
      case AsapRegistration _,
          AsapDeregistration _,
          AsapRegistrationResponse _,
          AsapDeregistrationResponse _,
          AsapHandleResolution _,
          AsapHandleResolutionResponse _,
          AsapEndpointKeepAliveAck _,
          AsapEndpointUnreachable _,
          AsapServerAnnounce _,
          AsapCookie _ ->
          tell("sent " + message.type().rfcName() + " in a session: ignored", out);
    }
  }

  private void echo(long nowMs, Octets cookie, ElementSessionEffects<P> out) {
    if (hasEcho) {
      tell("sent a second cookie echo: ignored", out);
      return;
    }
    hasEcho = true;
    Opening opening =
        hasData
            ? new Opening.Refused(Refusal.LATE, "it came after data of the session")
            : cookies.open(cookie, nowMs);
    switch (opening) {
      case Opening.Opened opened -> out.accept(new ElementSessionEffect.DeliverCookie<>(opened));
      case Opening.Refused refused -> refuse(refused, out);
    }
  }

  /// The user hears the cause and no detail, which is for the log.
  private void refuse(Opening.Refused refused, ElementSessionEffects<P> out) {
    out.accept(
        new ElementSessionEffect.Tell<>(new ElementSessionEvent.CookieRefused(subject(), refused)));
    switch (onRefusal) {
      case TELL_SERVICE -> out.accept(new ElementSessionEffect.DeliverRefusal<>(refused));
      case END_SESSION -> {
        hasEnded = true;
        AsapError error = new AsapError(List.of(ErrorCause.of(CauseCode.SECURITY)));
        out.accept(new ElementSessionEffect.Answer<>(error));
        out.accept(
            new ElementSessionEffect.End<>(
                "cookie refused, %s: %s".formatted(refused.reason(), refused.text())));
      }
    }
  }

  /// Who asks for somebody else does not want this element's answer: perhaps it calls the address of
  /// an element that was here before.
  private void keepAlive(AsapEndpointKeepAlive asked, ElementSessionEffects<P> out) {
    ElementId own = elementId.get();
    boolean isOther =
        !asked.elementId().isNone() && !own.isNone() && !asked.elementId().equals(own);
    if (!asked.handle().equals(handle) || isOther) {
      tell(
          "asks for pool=%s element=%s, which are not here: ignored"
              .formatted(asked.handle(), asked.elementId()),
          out);
      return;
    }
    out.accept(new ElementSessionEffect.Answer<>(new AsapEndpointKeepAliveAck(handle, own)));
  }

  private void tell(String what, ElementSessionEffects<P> out) {
    out.accept(new ElementSessionEffect.Tell<>(new ElementSessionEvent.Misplaced(subject(), what)));
  }

  private ElementSessionEvent.Subject subject() {
    return new ElementSessionEvent.Subject(handle, elementId.get(), user);
  }

  /// The user's newest business card: its own pool, and whom to turn to there if it fails (RFC 5352
  /// section 3.9). Empty unless the user is a pool element as well.
  public Optional<AsapBusinessCard> card() {
    return Optional.ofNullable(card);
  }
}
