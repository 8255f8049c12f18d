package io.rserpool.sim.hostile;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.registrar.RegistrarSetting;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapType;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.sim.network.Node;
import io.rserpool.sim.scope.ElementProcess;
import io.rserpool.sim.scope.RegistrarProcess;
import io.rserpool.sim.scope.Scope;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.WireForm;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What adversaries know of a scope: everything. Who its members are, what their identifiers are and
/// were, and what they have said to each other.
final class Sight {

  /// Identifiers of registrars that are remembered, and of whom each of them has heard.
  private static final int REMEMBERED = 8;

  private final Scope scope;
  private final Tape tape;
  private final EnrpCodec codec;
  private final Deque<ServerId> servers = new ArrayDeque<>();
  private final Map<ServerId, Deque<ServerId>> heard = new LinkedHashMap<>();
  private final Map<Node, RegistrarProcess> registrars = new LinkedHashMap<>();
  private final Map<Node, ElementProcess> elements = new LinkedHashMap<>();

  Sight(Scope scope, RandomGenerator random) {
    this.scope = scope;
    this.tape = new Tape(random);
    this.codec = new EnrpCodec(WireForm.of(scope.settings().profile()));
    scope.registrars().forEach(registrar -> registrars.put(registrar.node(), registrar));
    scope.elements().forEach(element -> elements.put(element.node(), element));
  }

  Tape tape() {
    return tape;
  }

  /// Whether a registration that is not renewed ends at its home.
  boolean enforcesLives() {
    return scope.settings().registrar().isOn(RegistrarSetting.LIFE_ENFORCED);
  }

  /// Members have spoken to each other.
  void overhears(Node to, AssociationKind kind, byte[] message) {
    RegistrarProcess registrar = registrars.get(to);
    boolean isReport =
        kind == AssociationKind.ASAP && message[0] == AsapType.ENDPOINT_UNREACHABLE.code();
    if (!isReport) {
      tape.record(kind, registrar != null, message);
    }
    if (registrar != null && kind == AssociationKind.ENRP) {
      ServerId sender = senderOf(message);
      if (!sender.isNone()) {
        note(heard.computeIfAbsent(registrar.id(), _ -> new ArrayDeque<>()), sender);
        note(servers, sender);
      }
      if (heard.size() > REMEMBERED * registrars.size()) {
        heard.remove(heard.keySet().iterator().next());
      }
    }
  }

  /// Nobody, if the message was damaged on its way.
  private ServerId senderOf(byte[] message) {
    return codec.decode(message, 0, message.length)
            instanceof Decoded.Message<EnrpMessage>(EnrpMessage said, var _, var _)
        ? said.sender()
        : ServerId.NONE;
  }

  private static void note(Deque<ServerId> known, ServerId id) {
    if (!known.contains(id)) {
      known.addLast(id);
      if (known.size() > REMEMBERED) {
        known.removeFirst();
      }
    }
  }

  boolean isElement(Node node) {
    return elements.containsKey(node);
  }

  @Nullable ElementProcess elementAt(Node node) {
    return elements.get(node);
  }

  @Nullable RegistrarProcess registrarAt(Node node) {
    return registrars.get(node);
  }

  RegistrarProcess registrar(RandomGenerator random) {
    return one(scope.registrars(), random);
  }

  ElementProcess element(RandomGenerator random) {
    return one(scope.elements(), random);
  }

  PoolHandle pool(RandomGenerator random) {
    return one(scope.pools(), random);
  }

  /// A process of the scope, whatever it is.
  Node member(RandomGenerator random) {
    return one(scope.all(), random).node();
  }

  /// A registrar's identifier: mostly one that there is or was.
  ServerId server(RandomGenerator random) {
    List<ServerId> known = new ArrayList<>(servers);
    scope.registrars().forEach(registrar -> known.add(registrar.id()));
    int choice = random.nextInt(known.size() + 1);
    return choice < known.size() && !known.get(choice).isNone()
        ? known.get(choice)
        : ServerId.of(1 + random.nextInt(Integer.MAX_VALUE));
  }

  /// The identifiers under which others have spoken to a registrar in its present life.
  List<ServerId> heardBy(RegistrarProcess registrar) {
    List<ServerId> all = new ArrayList<>(heard.getOrDefault(registrar.id(), new ArrayDeque<>()));
    all.remove(registrar.id());
    return all;
  }

  /// An element's identifier: mostly one that there is.
  ElementId elementId(ElementProcess element, RandomGenerator random) {
    return random.nextInt(8) == 0 ? ElementId.of(1 + random.nextInt(1_000)) : element.id();
  }

  static <T> T one(List<T> of, RandomGenerator random) {
    return of.get(random.nextInt(of.size()));
  }
}
