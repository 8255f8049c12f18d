package io.rserpool.sim.network;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.protocol.IpAddress;
import io.rserpool.sim.Simulation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One engine with its address in a simulated network.
public final class Node {

  /// How much a node does.
  private enum State {
    RUNNING,
    FROZEN,
    DEAD
  }

  private final Simulation simulation;
  private final Network network;
  private final Engine engine;
  private final IpAddress address;
  private final Consumer<Event> events;
  private final Simulation.Event wake;
  private final SequencedMap<AssociationId, Wire> wires = new LinkedHashMap<>();
  private State state = State.RUNNING;
  private long nextAccepted = 1;
  private long sent;

  Node(
      Simulation simulation,
      Network network,
      Engine engine,
      IpAddress address,
      Consumer<Event> events) {
    this.simulation = simulation;
    this.network = network;
    this.engine = engine;
    this.address = address;
    this.events = events;
    this.wake = simulation.event(this::tick);
  }

  /// Its address.
  public IpAddress address() {
    return address;
  }

  /// How many messages it has sent.
  public long sent() {
    return sent;
  }

  /// Hands the engine something that does not come from the network.
  public void request(Input.Request request) {
    take(request);
  }

  /// From now on it does nothing any more and answers nothing, but its machine keeps its
  /// associations:
  /// the death that only keep-alives find.
  public void freeze() {
    state = State.FROZEN;
    wake.cancel();
  }

  /// Its process ends; its machine breaks its associations.
  public void kill() {
    state = State.DEAD;
    wake.cancel();
    List.copyOf(wires.keySet()).forEach(id -> network.end(this, id, true));
  }

  boolean isDead() {
    return state == State.DEAD;
  }

  AssociationId nextAccepted() {
    return new AssociationId(nextAccepted++);
  }

  void attach(AssociationId id, Wire wire) {
    wires.put(id, wire);
  }

  @Nullable Wire detach(AssociationId id) {
    return wires.remove(id);
  }

  @Nullable Wire wire(AssociationId id) {
    return wires.get(id);
  }

  void take(Input input) {
    if (state == State.RUNNING) {
      engine.handle(simulation.nowNs(), input, this::carryOut);
      plan();
    }
  }

  private void tick() {
    engine.tick(simulation.nowNs(), this::carryOut);
    plan();
  }

  private void plan() {
    long nextNs = engine.nextDeadlineNs();
    if (nextNs == Engine.NEVER) {
      wake.cancel();
    } else if (nextNs != wake.atNs()) {
      wake.at(Math.max(nextNs, simulation.nowNs()));
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.SendAsap(AssociationId id, var message) -> {
        Wire wire = wires.get(id);
        if (wire != null) {
          sent++;
          wire.send(message);
        }
      }
      case Effect.Open open -> network.open(this, open);
      case Effect.Close(AssociationId id) -> network.end(this, id, false);
      case Effect.Abort(AssociationId id, var _) -> network.end(this, id, true);
      case Effect.Emit(Event event) -> events.accept(event);
      case Effect.SendEnrp _, Effect.Announce _, Effect.Reply _ -> {}
    }
  }
}
