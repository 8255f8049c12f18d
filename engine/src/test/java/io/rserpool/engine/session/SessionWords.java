package io.rserpool.engine.session;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapMessage;
import java.util.List;

/// What a session wants, says and sends, in short words.
final class SessionWords {

  private SessionWords() {}

  static String text(SessionEffect effect) {
    return switch (effect) {
      case SessionEffect.Choose choose ->
          choose.preferred().isNone() ? "choose" : "choose " + choose.preferred().value();
      case SessionEffect.Enumerate list ->
          "list " + list.items() + (list.isFresh() ? " fresh" : "");
      case SessionEffect.Call call ->
          "call "
              + call.element().elementId().value()
              + " within "
              + call.limitNs() / SessionScript.MS;
      case SessionEffect.Probe probe ->
          "probe "
              + probe.element().elementId().value()
              + " within "
              + probe.limitNs() / SessionScript.MS;
      case SessionEffect.Close close -> "close " + close.link();
      case SessionEffect.Abort abort -> "abort " + abort.link();
      case SessionEffect.Report report -> "report " + report.element().value();
      case SessionEffect.Greet greet -> "greet " + text(greet.move());
      case SessionEffect.Tell tell -> tell.event().describe();
    };
  }

  static String text(SessionMove move) {
    return "%d->%d %s attempt %d%s"
        .formatted(
            move.oldElement().elementId().value(),
            move.newElement().elementId().value(),
            move.why().source(),
            move.attempt(),
            move.cookieEchoed() ? " with cookie" : "");
  }

  static String text(SessionNews<SessionScript.Text> news) {
    return switch (news) {
      case SessionNews.Data<SessionScript.Text>(SessionScript.Text payload, ElementId sender) ->
          sender.value() + ":" + payload.text();
      case SessionNews.FailoverNecessary<SessionScript.Text>(Loss loss, boolean hasCookie) ->
          "necessary " + loss.source() + (hasCookie ? " with cookie" : "");
      case SessionNews.Moved<SessionScript.Text>(SessionMove move) -> "moved " + text(move);
      case SessionNews.NewCookie<SessionScript.Text>(ElementId sender, int size) ->
          "cookie of " + sender.value() + " size " + size;
      case SessionNews.NewCard<SessionScript.Text>(ElementId sender) -> "card of " + sender.value();
      case SessionNews.PoolChanged<SessionScript.Text>(List<PoolElementParameter> elements) ->
          "pool " + elements.stream().map(e -> e.elementId().value()).toList();
      case SessionNews.Unsent<SessionScript.Text>(SessionScript.Text payload, Loss loss) ->
          "unsent " + payload.text() + " " + loss.source();
      case SessionNews.Ended<SessionScript.Text> _ -> "ended";
      case SessionNews.Over<SessionScript.Text>(Loss loss) -> "over " + loss.source();
    };
  }

  static String text(Outgoing<SessionScript.Text> outgoing) {
    return switch (outgoing) {
      case Outgoing.Control<SessionScript.Text>(AsapMessage message) ->
          switch (message) {
            case AsapCookieEcho echo -> "echo " + echo.cookie().toDisplay();
            case AsapBusinessCard card ->
                "card " + card.elements().stream().map(e -> e.elementId().value()).toList();
            case AsapEndpointKeepAlive _ -> "keep-alive";
            case AsapMessage other -> other.toString();
          };
      case Outgoing.Data<SessionScript.Text>(SessionScript.Text payload) -> payload.text();
      case Outgoing.End<SessionScript.Text> _ -> "end";
      case Outgoing.Nothing<SessionScript.Text> _ -> "-";
    };
  }
}
