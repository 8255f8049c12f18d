package io.rserpool.sim.network;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Profile;
import io.rserpool.sim.Simulation;
import io.rserpool.wire.WireForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Machines that can call each other over links of one kind, with a multicast group for each protocol:
/// that of ASAP has them all, that of ENRP those that listen for registrars.
public final class Network {

  private static final long FIRST_CALL_AGAIN_NS = 1_000_000_000;
  private static final int DOUBLINGS_MAX = 6;

  private final Simulation simulation;
  private final LinkSettings settings;
  private final MulticastSettings multicast;
  private final RandomGenerator.SplittableGenerator random;
  private final RandomGenerator multicastRandom;
  private final WireForm form;
  private final List<Node> nodes = new ArrayList<>();
  private final HashMap<String, Node> byAddress = new HashMap<>();
  private final HashMap<Between, Path> paths = new HashMap<>();
  private final Traffic traffic = new Traffic();
  private final HashMap<Node, Node> squatters = new HashMap<>();
  private Tap tap = Tap.NONE;

  /// From one machine to another.
  private record Between(String from, String to) {}

  /// A network without machines.
  public Network(
      Simulation simulation,
      Profile profile,
      LinkSettings settings,
      MulticastSettings multicast,
      RandomGenerator.SplittableGenerator random) {
    this.simulation = simulation;
    this.settings = settings;
    this.multicast = multicast;
    this.random = random;
    this.multicastRandom = random.split();
    this.form = WireForm.of(profile);
  }

  /// Puts a machine on the network.
  ///
  /// @param originNs what its clock shows at time 0
  /// @param partsPerMillion by how much its clock is too fast
  public Node node(String name, IpAddress address, long originNs, long partsPerMillion) {
    Clock clock = new Clock(simulation, originNs, partsPerMillion);
    Node node = new Node(this, name, address, clock);
    nodes.add(node);
    if (byAddress.put(address.toString(), node) != null) {
      throw new IllegalArgumentException("two machines have the address " + address);
    }
    return node;
  }

  /// The way from one machine to another.
  public Path path(Node from, Node to) {
    Between between = new Between(from.name(), to.name());
    Path known = paths.get(between);
    if (known != null) {
      return known;
    }
    Path path = new Path(simulation, settings, random.split(), from.out(), to.in());
    paths.put(between, path);
    return path;
  }

  /// Breaks one of a machine's open associations on the way; nothing happens if it has none.
  ///
  /// @param before hears, just before it happens, who the peer is
  public void resetOne(Node node, RandomGenerator choice, Consumer<Node> before) {
    End end = oneOf(node, choice);
    End peer = end == null ? null : end.peer();
    if (end != null && peer != null) {
      before.accept(peer.node());
      end.reset();
    }
  }

  /// Lets the next message be damaged that a machine sends on one of its associations.
  ///
  /// @return false if it has none
  public boolean damageOne(Node node, Injury injury, RandomGenerator choice) {
    End end = oneOf(node, choice);
    if (end == null) {
      return false;
    }
    end.injure(injury);
    return true;
  }

  private static @Nullable End oneOf(Node node, RandomGenerator choice) {
    List<End> open = node.openEnds();
    return open.isEmpty() ? null : open.get(choice.nextInt(open.size()));
  }

  /// Lets somebody hear what all engines take.
  public void tap(Tap newTap) {
    tap = newTap;
  }

  Tap tap() {
    return tap;
  }

  /// Calls to one machine ring at another one from now on where the first has nobody who listens: who
  /// has its address while its process is dead.
  void squat(Node victim, Node squatter) {
    squatters.put(victim, squatter);
  }

  /// What has been carried.
  public Traffic traffic() {
    return traffic;
  }

  Simulation simulation() {
    return simulation;
  }

  WireForm form() {
    return form;
  }

  void count(Speech speech, int bytes) {
    switch (speech) {
      case ASAP, ENRP -> traffic.message(bytes);
      case SESSION -> traffic.ofSession(bytes);
    }
  }

  /// @param mostNs how long it may take, if that is less than what belongs to the links
  void call(End caller, Endpoint endpoint, long mostNs) {
    Node callee = byAddress.get(endpoint.hosts().getFirst());
    long limitNs = simulation.nowNs() + Math.min(settings.connectTimeoutNs(), mostNs);
    if (callee == null || callee == caller.node()) {
      simulation.after(0, () -> caller.failed(LossReason.UNREACHABLE, "no route"));
    } else {
      if (mostNs < settings.connectTimeoutNs()) {
        simulation.at(
            limitNs, () -> caller.failed(LossReason.UNREACHABLE, "no answer to the call in time"));
      }
      dial(caller, callee, endpoint.port(), 0, limitNs);
    }
  }

  private void dial(End caller, Node callee, int port, int attempt, long limitNs) {
    if (!caller.isCalling()) {
      return;
    }
    Path there = path(caller.node(), callee);
    if (!there.loses()) {
      simulation.at(there.arrivalNs(), () -> rings(caller, callee, port, attempt, limitNs));
    } else {
      dialAgain(caller, callee, port, attempt, limitNs);
    }
  }

  private void dialAgain(End caller, Node callee, int port, int attempt, long limitNs) {
    long waitNs = FIRST_CALL_AGAIN_NS << Math.min(attempt, DOUBLINGS_MAX);
    if (simulation.nowNs() + waitNs >= limitNs) {
      long atNs = Math.max(limitNs, simulation.nowNs());
      simulation.at(atNs, () -> caller.failed(LossReason.UNREACHABLE, "no answer to the call"));
    } else {
      simulation.after(waitNs, () -> dial(caller, callee, port, attempt + 1, limitNs));
    }
  }

  /// The call has come to the callee's machine, which answers it for its process.
  private void rings(End caller, Node callee, int port, int attempt, long limitNs) {
    if (!caller.isCalling()) {
      return;
    }
    Path back = path(callee, caller.node());
    if (back.loses()) {
      dialAgain(caller, callee, port, attempt, limitNs);
      return;
    }
    End accepted = callee.accept(port);
    Node squatter = squatters.get(callee);
    if (accepted == null && squatter != null && squatter != caller.node()) {
      accepted = squatter.accept(port);
    }
    if (accepted == null) {
      refuse(caller, back, "nobody listens at " + port);
    } else if (!caller.node().papers().agreesWith(accepted.node().papers())) {
      refuse(caller, back, "TLS: no certificate that is believed");
    } else {
      End answer = accepted;
      simulation.at(back.arrivalNs(), () -> caller.established(answer));
    }
  }

  private void refuse(End caller, Path back, String why) {
    traffic.refused();
    simulation.at(back.arrivalNs(), () -> caller.failed(LossReason.REFUSED, why));
  }

  void announce(Node source, AssociationKind kind, byte[] datagram) {
    source.tell("send", kind + " announcement");
    for (Node node : nodes) {
      boolean isInGroup = node != source && node.isAlive() && node.hears(kind);
      if (!isInGroup || !path(source, node).isUp()) {
        continue;
      }
      int copies = multicast.copies(multicastRandom);
      traffic.datagrams(copies);
      for (int i = 0; i < copies; i++) {
        simulation.at(
            path(source, node).arrivalNs(), () -> announced(source, node, kind, datagram));
      }
    }
  }

  private static void announced(Node source, Node node, AssociationKind kind, byte[] datagram) {
    NodeTransport to = node.transport();
    if (to != null) {
      to.announcement(source, kind, datagram);
    }
  }
}
