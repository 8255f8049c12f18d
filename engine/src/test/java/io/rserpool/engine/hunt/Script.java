package io.rserpool.engine.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapMessage;
import java.util.ArrayList;
import java.util.List;

/// Plays a script of (time, input) against an engine and keeps the effects of the latest step.
public final class Script {

  public static final long MS = 1_000_000;
  private static final int STEPS_MAX = 100_000;

  /// Where peers seem to be, and where this node is.
  public static final IpAddress PEER = new IpAddress.V4(0x0a00_0001);

  public static final IpAddress LOCAL = new IpAddress.V4(0x0a00_0099);

  private final Engine engine;
  private final List<Effect> effects = new ArrayList<>();
  private long nowNs = 1000 * MS;

  public Script(Engine engine) {
    this.engine = engine;
  }

  public long nowNs() {
    return nowNs;
  }

  public long nextDeadlineNs() {
    return engine.nextDeadlineNs();
  }

  /// Hands an input over.
  public Script give(Input input) {
    effects.clear();
    engine.handle(nowNs, input, effects::add);
    return this;
  }

  /// Lets the time pass to one nanosecond, with every tick on its deadline; keeps all effects.
  public Script passTo(long toNs) {
    effects.clear();
    int steps = 0;
    while (engine.nextDeadlineNs() <= toNs) {
      nowNs = Math.max(nowNs, engine.nextDeadlineNs());
      engine.tick(nowNs, effects::add);
      assertThat(++steps).as("ticks up to " + toNs).isLessThan(STEPS_MAX);
    }
    nowNs = Math.max(nowNs, toNs);
    return this;
  }

  public Script pass(long ns) {
    return passTo(nowNs + ns);
  }

  /// Lets the time pass without any tick, as when the process is stopped, and ticks then.
  public Script freeze(long ns) {
    effects.clear();
    nowNs += ns;
    engine.tick(nowNs, effects::add);
    return this;
  }

  /// The latest call comes up.
  public Script up(AssociationId association) {
    return give(associationUp(association));
  }

  public Script down(AssociationId association) {
    return give(new Input.AssociationDown(association, LossReason.RESET, "test"));
  }

  public Script refused(AssociationId association) {
    return give(new Input.AssociationDown(association, LossReason.REFUSED, "test"));
  }

  public Script receive(AssociationId association, AsapMessage message) {
    return give(new Input.AsapReceived(association, message, List.of()));
  }

  /// The same, and whoever is there proves a name.
  public Script upAs(AssociationId association, String name) {
    return give(associationUp(association, new PeerIdentity(name)));
  }

  public static Input.AssociationUp associationUp(AssociationId association) {
    return associationUp(association, PeerIdentity.ANONYMOUS);
  }

  private static Input.AssociationUp associationUp(
      AssociationId association, PeerIdentity identity) {
    return new Input.AssociationUp(
        association,
        AssociationKind.ASAP,
        TransportAddress.Kind.TCP,
        List.of(PEER),
        3863,
        new AsapTransport.Tcp(LOCAL, 40_000, TransportUse.DATA_ONLY),
        identity);
  }

  /// The effects of the latest step.
  public List<Effect> effects() {
    return List.copyOf(effects);
  }

  public List<Effect.Open> opened() {
    return of(Effect.Open.class);
  }

  public List<AssociationId> called() {
    return opened().stream().map(Effect.Open::association).toList();
  }

  public List<Endpoint> calledEndpoints() {
    return opened().stream().map(Effect.Open::endpoint).toList();
  }

  public List<AssociationId> closed() {
    return of(Effect.Close.class).stream().map(Effect.Close::association).toList();
  }

  public List<AssociationId> aborted() {
    return of(Effect.Abort.class).stream().map(Effect.Abort::association).toList();
  }

  public List<AsapMessage> sent() {
    return of(Effect.SendAsap.class).stream().map(Effect.SendAsap::message).toList();
  }

  public List<AsapMessage> sentOn(AssociationId association) {
    return of(Effect.SendAsap.class).stream()
        .filter(send -> send.association().equals(association))
        .map(Effect.SendAsap::message)
        .toList();
  }

  public List<Effect.Result> replies() {
    return of(Effect.Reply.class).stream().map(Effect.Reply::result).toList();
  }

  public List<Event> events() {
    return of(Effect.Emit.class).stream().map(Effect.Emit::event).toList();
  }

  private <T extends Effect> List<T> of(Class<T> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// Registrars by number.
  public static List<Endpoint> registrars(int count) {
    List<Endpoint> all = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      all.add(Endpoint.of(Endpoint.Scheme.TCP, "registrar" + i, 3863));
    }
    return all;
  }
}
