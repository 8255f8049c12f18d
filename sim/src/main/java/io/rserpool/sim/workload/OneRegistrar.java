package io.rserpool.sim.workload;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.element.ElementEngine;
import io.rserpool.engine.element.ElementRequest;
import io.rserpool.engine.element.ElementSettings;
import io.rserpool.engine.registrar.RegistrarEngine;
import io.rserpool.engine.registrar.RegistrarEvent;
import io.rserpool.engine.registrar.RegistrarSettings;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.runtime.EngineHost;
import io.rserpool.runtime.WireParameterEncoder;
import io.rserpool.sim.Simulation;
import io.rserpool.sim.network.LinkSettings;
import io.rserpool.sim.network.MulticastSettings;
import io.rserpool.sim.network.Network;
import io.rserpool.sim.network.Node;
import io.rserpool.wire.WireForm;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// One registrar and some elements of one pool, over links of one kind, that only live: what
/// removals
/// there are of elements that nobody has stopped are false ones.
public final class OneRegistrar {

  private static final int REGISTRAR_ADDRESS = 0x0a00_0001;
  private static final int FIRST_ELEMENT_ADDRESS = 0x0a00_0100;
  private static final int ASAP_PORT = 3863;
  private static final int SERVICE_PORT = 7;
  private static final PoolHandle POOL = PoolHandle.of("echo");

  /// A removal by the registrar.
  ///
  /// @param atNs when
  /// @param event what it said about it
  public record Removal(long atNs, RegistrarEvent.Removed event) {}

  private final Simulation simulation = new Simulation();
  private final Network network;
  private final List<Node> elements = new ArrayList<>();
  private final List<Removal> removals = new ArrayList<>();

  /// Builds the system; [#run] lets it live.
  ///
  /// @param seed decides everything
  /// @param count elements; their identifiers are 1, 2, 3 and so on
  public OneRegistrar(
      long seed, Profile profile, RegistrarSettings settings, int count, LinkSettings links) {
    SplittableRandom random = new SplittableRandom(seed);
    network = new Network(simulation, profile, links, MulticastSettings.perfect(), random.split());
    WireParameterEncoder encoder = new WireParameterEncoder(WireForm.of(profile));
    RegistrarEngine engine = new RegistrarEngine(settings, ServerId.of(1), encoder, random.split());
    Node registrar = network.node("pr1", new IpAddress.V4(REGISTRAR_ADDRESS), 0, 0);
    registrar.start(engine, new Listener(this::heard));
    Endpoint endpoint = registrar.listen(ASAP_PORT, AssociationKind.ASAP);
    ElementSettings elementSettings =
        ElementSettings.forProfile(profile).withRegistrars(List.of(endpoint));
    for (int i = 0; i < count; i++) {
      IpAddress address = new IpAddress.V4(FIRST_ELEMENT_ADDRESS + i);
      Node node = network.node("pe" + (i + 1), address, 0, 0);
      node.start(new ElementEngine(elementSettings, random.split()), new Listener(_ -> {}));
      elements.add(node);
      long startNs = random.nextLong(1_000_000_000);
      ElementId id = ElementId.of(i + 1);
      simulation.at(startNs, () -> node.submit(register(id, address)));
    }
  }

  /// Lets time pass.
  public void run(long durationNs) {
    simulation.runUntil(simulation.nowNs() + durationNs);
  }

  /// The time now.
  public long nowNs() {
    return simulation.nowNs();
  }

  /// Lets an element, counted from 0, fall silent.
  public void freeze(int element) {
    elements.get(element).pause();
  }

  /// What the registrar has removed.
  public List<Removal> removals() {
    return List.copyOf(removals);
  }

  /// How many messages all nodes have sent.
  public long messages() {
    return network.traffic().messages();
  }

  private void heard(Event event) {
    if (event instanceof RegistrarEvent.Removed removed) {
      removals.add(new Removal(simulation.nowNs(), removed));
    }
  }

  private static ElementRequest register(ElementId id, IpAddress address) {
    return new ElementRequest.Register(
        id.value(),
        POOL,
        id,
        new AsapTransport.Tcp(address, SERVICE_PORT),
        Policy.RoundRobin.INSTANCE,
        AsapTransport.Absent.INSTANCE);
  }

  /// Takes the events of a process; its requests are not waited for.
  private record Listener(Consumer<Event> events) implements EngineHost.Owner {
    @Override
    public void event(Event event) {
      events.accept(event);
    }

    @Override
    public void reply(long requestId, Effect.Result result) {}
  }
}
