package io.rserpool.engine.element;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Input;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The associations with registrars, and which of them leads to the home registrar (RFC 5352
/// sections
/// 1.1 and 3.4). The association to a former home outlives the registration at the new one a
/// little, so
/// that the former home hears of the move before it sees the loss.
final class Homes {

  private final Element element;
  private final HomeWatch watch;
  private final Map<AssociationId, Link> links = new LinkedHashMap<>();
  private final Map<AssociationId, Integer> malformed = new LinkedHashMap<>();
  private final long graceNs;

  /// Where the last registration was accepted, and what it replaced.
  private @Nullable Link accepted;

  private @Nullable Link former;

  Homes(Element element) {
    this.element = element;
    watch = new HomeWatch(element.settings);
    graceNs = element.settings.homeChangeGrace().toNanos();
  }

  @Nullable Link link(AssociationId association) {
    return links.get(association);
  }

  /// Takes an association that is up; true if it leads to a new home.
  boolean up(Turn turn, Input.AssociationUp up) {
    AssociationId association = up.association();
    if (up.kind() != AssociationKind.ASAP) {
      turn.abort(association, "a pool element speaks ASAP, not " + up.kind());
      return false;
    }
    if (!association.isOutgoing()) {
      admit(turn, up);
      return false;
    }
    Optional<Endpoint> distrusted = element.hunt.distrusted(up, turn.out());
    if (distrusted.isPresent()) {
      distrusts(turn, distrusted.get(), up);
      return false;
    }
    Optional<Endpoint> called = element.hunt.up(association, turn.out());
    if (called.isEmpty()) {
      if (!links.containsKey(association)) {
        turn.close(association);
      }
      return false;
    }
    Link link = Link.outgoing(up, called.get());
    links.put(association, link);
    moveTo(turn, link, ServerId.NONE);
    return true;
  }

  private void distrusts(Turn turn, Endpoint registrar, Input.AssociationUp up) {
    element.misbehaved(
        turn, registrar + " is no trusted registrar, but " + up.identity().describe());
  }

  private void admit(Turn turn, Input.AssociationUp up) {
    if (!element.settings.hunt().trusts(up.identity())) {
      turn.abort(up.association(), "whoever calls is no trusted registrar");
      distrusts(turn, Link.incoming(up).registrar(), up);
      return;
    }
    long incoming = links.keySet().stream().filter(id -> !id.isOutgoing()).count();
    if (incoming >= element.settings.incomingMax()) {
      turn.abort(
          up.association(),
          "more than %d registrars call this element".formatted(element.settings.incomingMax()));
    } else {
      links.putIfAbsent(up.association(), Link.incoming(up));
    }
  }

  /// Takes an association that is down; true if the home was at its other end.
  boolean down(Turn turn, Input.AssociationDown down) {
    if (element.hunt.down(down.association(), turn.out())) {
      return false;
    }
    return forget(turn, down.association(), down.reason() + ": " + down.detail());
  }

  private boolean forget(Turn turn, AssociationId association, String reason) {
    Link gone = links.remove(association);
    malformed.remove(association);
    if (gone == null) {
      return false;
    }
    if (gone.equals(former)) {
      former = null;
    }
    if (gone.equals(accepted)) {
      accepted = null;
    }
    if (!gone.equals(element.home)) {
      return false;
    }
    element.home = null;
    element.homeId = ServerId.NONE;
    element.timers.cancel(Timer.SILENCE);
    Membership present = element.membership;
    if (present != null) {
      turn.emit(
          new ElementEvent.RegistrarLost(
              present.handle(), present.elementId(), gone.registrar() + " " + reason));
      element.hunt.lost(turn.nowNs(), gone.registrar(), turn.out());
    }
    return true;
  }

  /// Answers a keep-alive (RFC 5352 section 3.4 KA1, KA2); true if its sender is the new home.
  boolean keepAlive(Turn turn, Link link, AsapEndpointKeepAlive message) {
    Membership present = element.membership;
    if (present == null
        || !present.handle().equals(message.handle())
        || (!message.elementId().isNone() && !message.elementId().equals(present.elementId()))) {
      return false;
    }
    turn.send(link, new AsapEndpointKeepAliveAck(present.handle(), present.elementId()));
    if (link.equals(element.home)) {
      watch.keepAlive(turn.nowNs());
      learn(turn, present, message.serverId());
      heard(turn, link);
      return false;
    }
    if (!message.home() || isHome(message.serverId())) {
      doubtHome(turn);
      return false;
    }
    if (element.settings.authenticatedHomesOnly() && !link.identity().isAuthenticated()) {
      element.misbehaved(turn, "registrar " + message.serverId() + " claims it unauthenticated");
      return false;
    }
    element.hunt.cancel(turn.out());
    moveTo(turn, link, message.serverId());
    turn.emit(
        new ElementEvent.HomeChanged(present.handle(), present.elementId(), message.serverId()));
    return true;
  }

  /// A registrar asks over an association that is not the home's: it has lost the element's own one, or
  /// believes the home dead. If that is quiet, the registration is renewed there at once, which tells.
  private void doubtHome(Turn turn) {
    if (element.isIn && element.home != null && watch.isQuiet(turn.nowNs())) {
      watch.heard(turn.nowNs());
      element.timers.set(Timer.SILENCE, turn.nowNs());
    }
  }

  private boolean isHome(ServerId serverId) {
    return element.home != null && element.homeId.equals(serverId);
  }

  private void learn(Turn turn, Membership present, ServerId serverId) {
    if (!serverId.equals(element.homeId)) {
      element.homeId = serverId;
      turn.emit(new ElementEvent.HomeChanged(present.handle(), present.elementId(), serverId));
    }
  }

  private void moveTo(Turn turn, Link next, ServerId nextId) {
    Link previous = element.home;
    if (next.equals(former)) {
      former = null;
      element.timers.cancel(Timer.GRACE);
    }
    if (previous != null && !previous.equals(next)) {
      if (previous.equals(accepted)) {
        dropFormer(turn);
        former = previous;
      } else {
        drop(turn, previous);
      }
    }
    element.home = next;
    element.homeId = nextId;
    element.timers.cancel(Timer.SILENCE);
    watch.reset(turn.nowNs());
  }

  /// The present home has accepted a registration.
  void accepted(Turn turn) {
    accepted = element.home;
    if (former != null && !element.timers.isSet(Timer.GRACE)) {
      element.timers.set(Timer.GRACE, turn.nowNs() + graceNs);
    }
  }

  /// Something came from a registrar; if it is the home, it is not silent.
  void heard(Turn turn, Link link) {
    if (link.equals(element.home)) {
      watch.heard(turn.nowNs());
    }
    if (link.equals(element.home) && element.isIn) {
      long atNs = watch.deadlineNs(turn.nowNs());
      if (atNs == Engine.NEVER) {
        element.timers.cancel(Timer.SILENCE);
      } else {
        element.timers.set(Timer.SILENCE, atNs);
      }
    }
  }

  /// Counts a malformed message; true if the home had to be left because of them.
  boolean malformed(Turn turn, Link link) {
    AssociationId association = link.association();
    if (malformed.merge(association, 1, Integer::sum) < element.settings.malformedMax()) {
      return false;
    }
    turn.abort(association, "it sent too many malformed messages");
    return forget(turn, association, "malformed messages");
  }

  void dropFormer(Turn turn) {
    element.timers.cancel(Timer.GRACE);
    Link gone = former;
    if (gone != null) {
      former = null;
      drop(turn, gone);
    }
  }

  /// Ends every association.
  void closeAll(Turn turn) {
    element.hunt.cancel(turn.out());
    links.keySet().forEach(turn::close);
    links.clear();
    malformed.clear();
    former = null;
    accepted = null;
    element.home = null;
    element.homeId = ServerId.NONE;
    element.timers.cancelAll();
  }

  private void drop(Turn turn, Link link) {
    links.remove(link.association());
    malformed.remove(link.association());
    if (link.equals(accepted)) {
      accepted = null;
    }
    turn.close(link.association());
  }
}
