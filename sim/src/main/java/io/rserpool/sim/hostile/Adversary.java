package io.rserpool.sim.hostile;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.EffectSink;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.engine.registrar.RegistrarView;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.runtime.EngineHost;
import io.rserpool.sim.network.Node;
import io.rserpool.sim.scope.ElementProcess;
import io.rserpool.sim.scope.RegistrarProcess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One who means harm. It calls registrars and elements and says what it should not say, lets itself
/// be called in their place, announces registrars that there are not, sends again what others have sent,
/// and floods. While nobody is disturbed, it says only what nobody may take from it.
final class Adversary implements Engine, EngineHost.Owner {

  private static final int LINES_MAX = 8;
  private static final int FLOOD_MIN = 100;
  private static final int FLOOD_MAX = 250;
  private static final int ASAP_PORT = 3863;
  private static final int ELEMENT_PORT = 4863;
  private static final int ENRP_PORT = 9901;

  private final Node node;
  private final Nature nature;
  private final Sight sight;
  private final AsapLies asap;
  private final EnrpLies enrp;
  private final Predicate<AsapMessage> isAllowed;
  private final RandomGenerator random;
  private final double gapNs;
  private final ServerId serverId;
  private final Map<AssociationId, Line> lines = new LinkedHashMap<>();
  private boolean isBusy;
  private long dueNs;
  private long calls;
  private long said;

  /// @param isAllowed whether a registrar may take this from it
  /// @param gapNs between two of its deeds, on the average
  Adversary(
      Node node,
      Nature nature,
      Sight sight,
      AsapLies asap,
      EnrpLies enrp,
      Predicate<AsapMessage> isAllowed,
      RandomGenerator random,
      double gapNs) {
    this.node = node;
    this.nature = nature;
    this.sight = sight;
    this.asap = asap;
    this.enrp = enrp;
    this.isAllowed = isAllowed;
    this.random = random;
    this.gapNs = gapNs;
    this.serverId = ServerId.of(1 + random.nextInt(Integer.MAX_VALUE));
  }

  /// Begins, and lets itself be called if anybody could mistake it for somebody else.
  void start() {
    later(node.nowNs());
    node.start(this, this);
    if (!nature.isBelieved()) {
      node.listen(ASAP_PORT, AssociationKind.ASAP);
      node.listen(ELEMENT_PORT, AssociationKind.ASAP);
      node.listen(ENRP_PORT, AssociationKind.ENRP);
    }
  }

  Node node() {
    return node;
  }

  void busy(boolean newBusy) {
    isBusy = newBusy;
  }

  /// How many messages it has sent.
  long said() {
    return said;
  }

  private void later(long nowNs) {
    dueNs = nowNs + 1 + (long) (-Math.log(1 - random.nextDouble()) * gapNs);
  }

  @Override
  public void handle(long nowNs, Input input, EffectSink out) {
    switch (input) {
      case Input.AssociationUp up -> up(up, out);
      case Input.AssociationDown down -> lines.remove(down.association());
      case Input.AsapReceived(var from, AsapEndpointKeepAlive asked, var _) -> {
        if (!isBusy || random.nextInt(8) > 0) {
          var answer = new AsapEndpointKeepAliveAck(asked.handle(), asked.elementId());
          out.accept(new Effect.SendAsap(from, answer));
          said++;
        }
      }
      case Input.AsapReceived _,
          Input.EnrpReceived _,
          Input.MalformedReceived _,
          Input.AnnouncementReceived _,
          Input.PresenceReceived _,
          Input.Request _ -> {}
    }
  }

  private void up(Input.AssociationUp up, EffectSink out) {
    Line line = lines.computeIfAbsent(up.association(), _ -> new Line(up.kind(), null));
    line.up();
    if (line.called() != null) {
      speak(up.association(), line, out);
    } else if (up.kind() == AssociationKind.ASAP && up.localAddress().port() == ASAP_PORT) {
      out.accept(new Effect.SendAsap(up.association(), asap.toCaller()));
      said++;
    }
  }

  @Override
  public void tick(long nowNs, EffectSink out) {
    if (nowNs < dueNs) {
      return;
    }
    later(nowNs);
    switch (random.nextInt(20)) {
      case 0 -> announce(out);
      case 1 -> squat();
      case 2 -> hangUp(out);
      case 3, 4, 5, 6, 7 -> speakTo(sight.registrar(random).node(), AssociationKind.ENRP, out);
      case 8, 9, 10, 11 -> speakTo(sight.element(random).node(), AssociationKind.ASAP, out);
      default -> speakTo(sight.registrar(random).node(), AssociationKind.ASAP, out);
    }
  }

  @Override
  public long nextDeadlineNs() {
    return dueNs;
  }

  /// Nobody vouches for announcements; elements would follow those of a registrar that is believed.
  private void announce(EffectSink out) {
    if (nature.isBelieved() || !isBusy) {
      return;
    }
    if (random.nextBoolean()) {
      out.accept(new Effect.Announce(asap.announcement()));
    } else {
      out.accept(new Effect.AnnouncePresence(enrp.presence(sight.server(random))));
    }
  }

  private void squat() {
    if (!nature.isBelieved()) {
      node.squat(sight.member(random));
    }
  }

  private void hangUp(EffectSink out) {
    if (!lines.isEmpty()) {
      AssociationId one = Sight.one(List.copyOf(lines.keySet()), random);
      lines.remove(one);
      out.accept(
          random.nextBoolean() ? new Effect.Close(one) : new Effect.Abort(one, "as it likes"));
    }
  }

  private void speakTo(Node target, AssociationKind kind, EffectSink out) {
    boolean isElement = sight.isElement(target);
    if (isElement && nature.isBelieved()) {
      return;
    }
    for (Map.Entry<AssociationId, Line> known : lines.entrySet()) {
      if (known.getValue().leadsTo(target, kind)) {
        if (known.getValue().isUp()) {
          speak(known.getKey(), known.getValue(), out);
        }
        return;
      }
    }
    if (lines.size() >= LINES_MAX) {
      AssociationId oldest = lines.keySet().iterator().next();
      lines.remove(oldest);
      out.accept(new Effect.Close(oldest));
    }
    int port = isElement ? ELEMENT_PORT : kind == AssociationKind.ASAP ? ASAP_PORT : ENRP_PORT;
    AssociationId id = new AssociationId(--calls);
    lines.put(id, new Line(kind, target));
    out.accept(
        new Effect.Open(
            id, kind, Endpoint.of(Endpoint.Scheme.TCP, target.address().toString(), port)));
  }

  private void speak(AssociationId id, Line line, EffectSink out) {
    Node to = line.called();
    ElementProcess element = to == null ? null : sight.elementAt(to);
    RegistrarProcess registrar = to == null ? null : sight.registrarAt(to);
    int count = 1 + random.nextInt(3);
    int theme = random.nextInt(6);
    boolean floods = element == null && random.nextInt(12) == 0;
    for (int i = 0; i < (floods ? FLOOD_MIN + random.nextInt(FLOOD_MAX - FLOOD_MIN) : count); i++) {
      if (random.nextInt(5) == 0 && repeat(id, line, registrar != null)) {
        continue;
      }
      if (element != null) {
        say(id, asap.toElement(element), out);
      } else if (line.kind() == AssociationKind.ENRP && registrar != null) {
        inTheNameOf(registrar, id, out);
      } else {
        say(id, floods ? flooding(theme) : asap.toRegistrar(), out);
      }
    }
  }

  private AsapMessage flooding(int theme) {
    return switch (theme) {
      case 0 -> asap.nonsense();
      case 1 -> asap.question();
      case 2 -> asap.toRegistrar();
      default -> random.nextInt(4) == 0 ? asap.farewell() : asap.registration();
    };
  }

  /// Sends again what somebody else has sent. An identifier of a registrar belongs to whoever uses it
  /// first, so one that is believed does not do that in ENRP.
  private boolean repeat(AssociationId id, Line line, boolean isToRegistrar) {
    if (nature.isBelieved()) {
      return false;
    }
    byte @Nullable [] again = sight.tape().one(line.kind(), isToRegistrar, random);
    if (again == null) {
      return false;
    }
    node.say(id, again.clone());
    said++;
    return true;
  }

  /// Whoever is no registrar may speak in any name. A registrar that is in the wrong hands speaks in that
  /// of another one that is known there, or in its own about elements of another one; whatever else it
  /// says, it may.
  private void inTheNameOf(RegistrarProcess registrar, AssociationId id, EffectSink out) {
    EnrpMessage message = enrp.from(sight.server(random));
    if (nature.isBelieved()) {
      List<ServerId> known = sight.heardBy(registrar);
      boolean isServing = registrar.view().map(RegistrarView::isServing).orElse(false);
      if (known.isEmpty()) {
        return;
      }
      ServerId other = Sight.one(known, random);
      boolean isOpen = isBusy && isServing && random.nextInt(3) == 0;
      message = isOpen ? enrp.about(serverId, other) : enrp.from(other);
    }
    out.accept(new Effect.SendEnrp(id, message));
    said++;
  }

  private void say(AssociationId id, AsapMessage message, EffectSink out) {
    boolean changesIts =
        message instanceof AsapRegistration || message instanceof AsapDeregistration;
    if (!isBusy && changesIts && isAllowed.test(message)) {
      return;
    }
    out.accept(new Effect.SendAsap(id, message));
    said++;
  }

  @Override
  public void event(Event event) {}

  @Override
  public void reply(long requestId, Effect.Result result) {}
}
