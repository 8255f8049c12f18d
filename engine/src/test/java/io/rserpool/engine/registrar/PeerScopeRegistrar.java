package io.rserpool.engine.registrar;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.enrp.EnrpMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A registrar engine as a process of a [PeerScope]: it can be killed, and it can stand still while
/// its input waits.
final class PeerScopeRegistrar implements PeerScope.Node {

  private final PeerScope scope;
  private final int number;
  private final RegistrarEngine engine;
  private final HashMap<AssociationId, PeerScopeLine> lineById = new HashMap<>();
  private final Map<PeerScopeLine, AssociationId> idByLine = new LinkedHashMap<>();
  private final List<Input> waiting = new ArrayList<>();
  private long lastAccepted;
  private boolean dead;
  private boolean frozen;

  PeerScopeRegistrar(PeerScope scope, int number, ServerId id, RegistrarSettings settings) {
    this.scope = scope;
    this.number = number;
    engine = new RegistrarEngine(settings, id, new PeerQuotes(), new SplittableRandom(number));
  }

  static String host(int number) {
    return "10.0.1." + number;
  }

  static IpAddress address(String host) {
    String[] parts = host.split("\\.", -1);
    int value = 0;
    for (String part : parts) {
      value = value << 8 | Integer.parseInt(part);
    }
    return new IpAddress.V4(value);
  }

  @Override
  public String host() {
    return host(number);
  }

  @Override
  public boolean isDead() {
    return dead;
  }

  int number() {
    return number;
  }

  RegistrarView view() {
    return engine.view();
  }

  void start(List<Endpoint> peers) {
    give(
        new RegistrarRequest.Start(
            1,
            List.of(new AsapTransport.Tcp(address(host()), 3_863)),
            List.of(new AsapTransport.Tcp(address(host()), 9_901)),
            false,
            peers));
  }

  long nextNs() {
    return dead || frozen ? Engine.NEVER : engine.nextDeadlineNs();
  }

  void tick() {
    engine.tick(scope.nowNs(), this::take);
  }

  void kill() {
    dead = true;
    List.copyOf(idByLine.keySet()).forEach(line -> line.end(this, LossReason.RESET));
    idByLine.clear();
    lineById.clear();
  }

  void freeze() {
    frozen = true;
  }

  void thaw() {
    frozen = false;
    List<Input> inputs = List.copyOf(waiting);
    waiting.clear();
    inputs.forEach(this::give);
    if (engine.nextDeadlineNs() <= scope.nowNs()) {
      tick();
    }
  }

  @Override
  public void up(PeerScopeLine line, boolean called) {
    if (called) {
      remember(line, new AssociationId(++lastAccepted));
    }
    AssociationId id = idByLine.get(line);
    if (id == null) {
      return;
    }
    boolean enrp = line.isEnrp();
    give(
        new Input.AssociationUp(
            id,
            enrp ? AssociationKind.ENRP : AssociationKind.ASAP,
            TransportAddress.Kind.TCP,
            List.of(address(line.other(this).host())),
            40_000,
            new AsapTransport.Tcp(address(host()), enrp ? 9_901 : 3_863),
            PeerIdentity.ANONYMOUS));
  }

  @Override
  public void received(PeerScopeLine line, Object message) {
    AssociationId id = idByLine.get(line);
    if (id != null && message instanceof EnrpMessage enrp) {
      give(new Input.EnrpReceived(id, enrp, List.of()));
    } else if (id != null) {
      give(new Input.AsapReceived(id, (AsapMessage) message, List.of()));
    }
  }

  @Override
  public void down(PeerScopeLine line, LossReason reason) {
    AssociationId id = idByLine.get(line);
    if (id != null) {
      give(new Input.AssociationDown(id, reason, "in the scope"));
      if (!frozen) {
        forget(line);
      }
    }
  }

  private void give(Input input) {
    if (dead) {
      return;
    }
    if (frozen) {
      waiting.add(input);
    } else {
      engine.handle(scope.nowNs(), input, this::take);
    }
  }

  private void take(Effect effect) {
    switch (effect) {
      case Effect.Open(AssociationId id, AssociationKind kind, Endpoint endpoint) ->
          remember(scope.call(this, endpoint, kind == AssociationKind.ENRP), id);
      case Effect.Close(AssociationId id) -> end(id, LossReason.CLOSED);
      case Effect.Abort(AssociationId id, String _) -> end(id, LossReason.RESET);
      case Effect.SendAsap(AssociationId id, AsapMessage message) -> send(id, message);
      case Effect.SendEnrp(AssociationId id, EnrpMessage message) -> send(id, message);
      case Effect.Emit(PeerEvent event) -> scope.tell(number, event);
      case Effect.Emit _, Effect.Announce _, Effect.AnnouncePresence _, Effect.Reply _ -> {}
    }
  }

  private void send(AssociationId id, Object message) {
    PeerScopeLine line = lineById.get(id);
    if (line != null) {
      line.send(this, message);
    }
  }

  private void end(AssociationId id, LossReason reason) {
    PeerScopeLine line = lineById.get(id);
    if (line != null) {
      forget(line);
      line.end(this, reason);
    }
  }

  private void remember(PeerScopeLine line, AssociationId id) {
    idByLine.put(line, id);
    lineById.put(id, line);
  }

  private void forget(PeerScopeLine line) {
    AssociationId id = idByLine.remove(line);
    if (id != null) {
      lineById.remove(id);
    }
  }

  @Override
  public String toString() {
    return "registrar " + number;
  }
}
