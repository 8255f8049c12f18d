package io.rserpool.sim.scope;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.registrar.RegistrarEngine;
import io.rserpool.engine.registrar.RegistrarRequest;
import io.rserpool.engine.registrar.RegistrarSettings;
import io.rserpool.engine.registrar.RegistrarView;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ServerId;
import io.rserpool.runtime.EngineHost;
import io.rserpool.runtime.WireParameterEncoder;
import io.rserpool.sim.access.Charter;
import io.rserpool.sim.network.Node;
import io.rserpool.wire.WireForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A registrar. Each life has a new random identifier and an empty handlespace.
public final class RegistrarProcess implements Participant, EngineHost.Owner {

  static final int ASAP_PORT = 3863;
  static final int ENRP_PORT = 9901;

  private final Node node;
  private final RegistrarSettings settings;
  private final boolean announces;
  private final boolean announcesPresence;
  private final List<Endpoint> peers;
  private final RandomGenerator.SplittableGenerator random;
  private final ScopeListener listener;
  private ServerId id = ServerId.NONE;
  private @Nullable RegistrarView view;
  private long requests;
  private long startId = -1;
  private final SequencedMap<Long, Charter> announced = new LinkedHashMap<>();
  private Charter charter;
  private Charter inForce;

  RegistrarProcess(
      Node node,
      ScopeSettings scope,
      List<Endpoint> peers,
      RandomGenerator.SplittableGenerator random,
      ScopeListener listener) {
    this.node = node;
    this.settings = scope.registrar();
    this.announces = scope.announces();
    this.announcesPresence = scope.presences();
    this.peers = List.copyOf(peers);
    this.random = random;
    this.listener = listener;
    this.charter = scope.charter();
    this.inForce = charter;
    node.watch(_ -> listener.turned(this));
  }

  @Override
  public Node node() {
    return node;
  }

  /// The identifier of its present or latest life.
  public ServerId id() {
    return id;
  }

  /// What it knows, while there is a process.
  public Optional<RegistrarView> view() {
    return node.isAlive() ? Optional.ofNullable(view) : Optional.empty();
  }

  /// Puts another charter into force, as soon as there is a process that runs.
  public void charter(Charter newCharter) {
    charter = newCharter;
    if (node.isAlive()) {
      announced.put(requests, newCharter);
      node.submit(new RegistrarRequest.Access(requests++, newCharter.policy()));
    }
  }

  /// The charter by which it judges now.
  public Charter inForce() {
    return inForce;
  }

  @Override
  public void start() {
    announced.clear();
    inForce = charter;
    id = newId();
    WireParameterEncoder encoder = new WireParameterEncoder(WireForm.of(settings.profile()));
    RegistrarEngine engine =
        new RegistrarEngine(settings, id, encoder, random.split(), charter.policy());
    view = engine.view();
    node.start(engine, this);
    node.listen(ENRP_PORT, AssociationKind.ENRP);
    node.listen(ASAP_PORT, AssociationKind.ASAP);
    startId = requests++;
    node.submit(
        new RegistrarRequest.Start(
            startId,
            List.of(new AsapTransport.Tcp(node.address(), ASAP_PORT)),
            List.of(new AsapTransport.Tcp(node.address(), ENRP_PORT)),
            announces,
            announcesPresence,
            peers));
  }

  /// Ends all associations in order, as at a planned restart.
  public void stop() {
    node.submit(new RegistrarRequest.Stop(requests++));
  }

  @Override
  public void event(Event event) {
    if (node.isTold()) {
      node.tell("event", event.describe());
    }
    listener.told(this, event);
  }

  @Override
  public void reply(long requestId, Effect.Result result) {
    if (node.isTold()) {
      node.tell("reply", result.toString());
    }
    if (requestId == startId) {
      listener.started(this);
    }
    Charter put = announced.remove(requestId);
    if (put != null) {
      inForce = put;
    }
  }

  private ServerId newId() {
    ServerId fresh = ServerId.NONE;
    while (fresh.isNone()) {
      fresh = ServerId.of(random.nextInt());
    }
    return fresh;
  }
}
