package io.rserpool.engine.session;

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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a session keeps of its elements' control channels (RFC 5352 sections 3.8 and 3.9).
final class Control {

  /// What a control message means to the session.
  enum Meaning {
    /// Nothing but that the element is alive.
    NOTHING,
    /// There is a newer cookie.
    COOKIE,
    /// There is a newer business card.
    CARD,
    /// Somebody else than the element answers there.
    STRANGER,
    /// The element does not take the session's cookie.
    REFUSAL
  }

  /// How far the request is that the application began last.
  private enum Request {
    /// No element was given anything since: what comes belongs to something before.
    BEGUN,
    /// Something was given, but no data has come since: a cookie may be a late one, which follows the
    /// last answer.
    GIVEN,
    /// Cookies count. So it is as well where the application never tells of requests.
    ANSWERED
  }

  /// An element fills nobody's log.
  private static final int REMARKS_MAX = 3;

  /// So many elements refuse one cookie before the session gives up: one of them may be at fault, two
  /// are right.
  private static final int REFUSALS_MAX = 2;

  private final PoolHandle handle;
  private int remarks;
  private int refusals;
  private boolean isEchoed;
  private Request request = Request.ANSWERED;
  private @Nullable Octets cookie;
  private @Nullable AsapBusinessCard card;
  private @Nullable AsapBusinessCard ownCard;

  Control(PoolHandle handle) {
    this.handle = handle;
  }

  /// What a new element is given before anything else.
  List<AsapMessage> opening(boolean hasControl) {
    isEchoed = false;
    List<AsapMessage> opening = new ArrayList<>();
    if (hasControl) {
      if (cookie != null) {
        isEchoed = true;
        opening.add(new AsapCookieEcho(cookie));
      }
      if (ownCard != null) {
        opening.add(ownCard);
      }
    }
    return opening;
  }

  /// Whether the present element is given the cookie.
  boolean isEchoed() {
    return isEchoed;
  }

  /// The application begins a request: what came before is done, so that its cookie is of no use. A
  /// present element that is given the cookie keeps it: its user was told so.
  void beginRequest() {
    request = Request.BEGUN;
    cookie = null;
    refusals = 0;
  }

  /// The element is given data.
  void dataGiven() {
    if (request == Request.BEGUN) {
      request = Request.GIVEN;
    }
  }

  /// Data came.
  void dataReceived() {
    if (request == Request.GIVEN) {
      request = Request.ANSWERED;
    }
  }

  /// Takes a control message of the present element. What an element has no reason to send is told
  /// and answered with nothing: nobody on its side waits for an answer.
  Meaning received(Turn turn, ElementId sender, AsapMessage message) {
    return switch (message) {
      case AsapCookie newest -> {
        // Who gives cookies has taken the one that it was given.
        isEchoed = false;
        if (request != Request.ANSWERED) {
          yield Meaning.NOTHING;
        }
        refusals = 0;
        cookie = newest.cookie();
        yield Meaning.COOKIE;
      }
      case AsapBusinessCard newest -> card(turn, sender, newest);
      case AsapEndpointKeepAliveAck ack ->
          ack.handle().equals(handle) && ack.elementId().equals(sender)
              ? Meaning.NOTHING
              : Meaning.STRANGER;
      case AsapError error -> error(turn, sender, error);
      case AsapRegistration _,
          AsapDeregistration _,
          AsapRegistrationResponse _,
          AsapDeregistrationResponse _,
          AsapHandleResolution _,
          AsapHandleResolutionResponse _,
          AsapEndpointKeepAlive _,
          AsapEndpointUnreachable _,
          AsapServerAnnounce _,
          AsapCookieEcho _ ->
          remark(turn, sender, "sent " + message.type() + " in a session: ignored");
    };
  }

  private Meaning card(Turn turn, ElementId sender, AsapBusinessCard newest) {
    if (!newest.handle().equals(handle)) {
      return remark(turn, sender, "sent the business card of pool=" + newest.handle());
    }
    card = newest;
    return Meaning.CARD;
  }

  private Meaning error(Turn turn, ElementId sender, AsapError error) {
    remark(turn, sender, "reports " + text(error.causes()));
    boolean isRefusal =
        isEchoed && error.causes().stream().anyMatch(c -> c.cause() == CauseCode.SECURITY);
    if (!isRefusal) {
      return Meaning.NOTHING;
    }
    isEchoed = false;
    refusals++;
    return Meaning.REFUSAL;
  }

  /// What a cause quotes came from the network and may be long: it is left out.
  private static String text(List<ErrorCause> causes) {
    return causes.stream()
        .map(cause -> cause.cause().text())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private Meaning remark(Turn turn, ElementId sender, String what) {
    if (++remarks <= REMARKS_MAX) {
      turn.tell(new SessionEvent.Remark(handle, sender, what));
    }
    return Meaning.NOTHING;
  }

  /// Whether the newest cookie was refused so often that no other element is asked to take it.
  boolean isRefusedForGood() {
    return refusals >= REFUSALS_MAX;
  }

  /// Knows from somewhere else whom to turn to.
  ///
  /// @throws IllegalArgumentException if it is another pool's card
  void follow(AsapBusinessCard known) {
    if (!known.handle().equals(handle)) {
      throw new IllegalArgumentException(
          "expected a business card of pool=%s, but this is of pool=%s"
              .formatted(handle, known.handle()));
    }
    card = known;
  }

  void present(AsapBusinessCard newest) {
    ownCard = newest;
  }

  /// The newest cookie of the request: it replaces all before it, whoever sent it.
  @Nullable Octets cookie() {
    return cookie;
  }

  @Nullable AsapBusinessCard card() {
    return card;
  }

  /// The order in which the users of a failed element are to turn to others, if it told one.
  List<ElementId> wishes() {
    return card == null
        ? List.of()
        : card.elements().stream().map(element -> element.elementId()).distinct().toList();
  }
}
