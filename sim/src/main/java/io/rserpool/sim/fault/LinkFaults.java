package io.rserpool.sim.fault;

import io.rserpool.sim.network.Injury;
import io.rserpool.sim.network.Node;
import io.rserpool.sim.network.Path;
import io.rserpool.sim.scope.Participant;
import io.rserpool.sim.scope.RegistrarProcess;
import io.rserpool.sim.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// What goes wrong between machines: cuts, partitions, resets, stalls, losses, damaged bytes.
final class LinkFaults {

  private static final long NS_PER_MS = 1_000_000;
  private static final double LOSS_MIN = 0.03;
  private static final double LOSS_MAX = 0.3;

  private final Scope scope;
  private final FaultListener listener;
  private final RandomGenerator random;
  private final Ongoing ongoing;

  LinkFaults(Scope scope, FaultListener listener, RandomGenerator random, Ongoing ongoing) {
    this.scope = scope;
    this.listener = listener;
    this.random = random;
    this.ongoing = ongoing;
  }

  void cut() {
    boolean isSessions = isBetweenSessions();
    Node one = isSessions ? one(scope.users()).node() : one(scope.registrars()).node();
    Node other = isSessions ? one(scope.elements()).node() : someone().node();
    if (one == other) {
      return;
    }
    int directions = 1 + random.nextInt(3);
    List<Path> paths = new ArrayList<>();
    if ((directions & 1) != 0) {
      paths.add(scope.network().path(one, other));
    }
    if ((directions & 2) != 0) {
      paths.add(scope.network().path(other, one));
    }
    long ns = ongoing.drawNs(0.05, 20);
    String sign = directions == 1 ? " -> " : directions == 2 ? " <- " : " <-> ";
    ongoing.count(
        FaultKind.CUT, one.name() + sign + other.name() + " for " + ns / NS_PER_MS + " ms");
    cut(List.of(one, other), paths, isRegistrar(other), ns);
  }

  void partition() {
    if (scope.registrars().size() < 2) {
      return;
    }
    List<Node> left = new ArrayList<>();
    List<Node> right = new ArrayList<>();
    for (Participant participant : scope.all()) {
      (random.nextBoolean() ? left : right).add(participant.node());
    }
    List<Path> paths = new ArrayList<>();
    for (Node one : left) {
      for (Node other : right) {
        paths.add(scope.network().path(one, other));
        paths.add(scope.network().path(other, one));
      }
    }
    long ns = ongoing.drawNs(0.1, 30);
    String names = String.join(",", left.stream().map(Node::name).toList());
    ongoing.count(FaultKind.PARTITION, names + " and the rest for " + ns / NS_PER_MS + " ms");
    List<Node> all = new ArrayList<>(left);
    all.addAll(right);
    cut(all, paths, true, ns);
  }

  private void cut(List<Node> nodes, List<Path> paths, boolean betweenRegistrars, long ns) {
    nodes.forEach(listener::begins);
    nodes.forEach(listener::cutOff);
    if (betweenRegistrars) {
      listener.partitionBegins();
    }
    paths.forEach(Path::cut);
    ongoing.last(
        ns,
        () -> {
          paths.forEach(Path::heal);
          nodes.forEach(listener::ends);
          if (betweenRegistrars) {
            listener.partitionEnds();
          }
        });
  }

  void isolate() {
    Node node = someone().node();
    int directions = 1 + random.nextInt(3);
    boolean closesIn = (directions & 1) != 0;
    boolean closesOut = (directions & 2) != 0;
    boolean isRegistrar = isRegistrar(node);
    long ns = ongoing.drawNs(0.05, 20);
    String which = closesIn ? (closesOut ? " in and out" : " in") : " out";
    ongoing.count(FaultKind.ISOLATION, node.name() + which + " for " + ns / NS_PER_MS + " ms");
    List<Runnable> undo = new ArrayList<>();
    if (closesIn) {
      node.closeIn();
      undo.add(node::openIn);
    }
    if (closesOut) {
      node.closeOut();
      undo.add(node::openOut);
    }
    cut(List.of(node), List.of(), isRegistrar, ns);
    ongoing.last(ns, () -> undo.forEach(Runnable::run));
  }

  void reset() {
    Node node = someone().node();
    scope
        .network()
        .resetOne(
            node,
            random,
            peer -> {
              ongoing.count(FaultKind.RESET, node.name() + " and " + peer.name());
              listener.touched(node);
              listener.touched(peer);
            });
  }

  void stall() {
    boolean isSessions = isBetweenSessions();
    Node one = isSessions ? one(scope.users()).node() : one(scope.registrars()).node();
    Node other = isSessions ? one(scope.elements()).node() : someone().node();
    if (one != other) {
      long ns = ongoing.logarithmic(20 * NS_PER_MS, 4_000 * NS_PER_MS);
      Path path =
          random.nextBoolean()
              ? scope.network().path(one, other)
              : scope.network().path(other, one);
      ongoing.count(
          FaultKind.STALL, one.name() + ", " + other.name() + " for " + ns / NS_PER_MS + " ms");
      path.stall(ongoing.nowNs() + ns);
      last(List.of(one, other), ns, () -> {});
    }
  }

  void loss() {
    boolean isSessions = isBetweenSessions();
    Node one = isSessions ? one(scope.users()).node() : one(scope.registrars()).node();
    Node other = isSessions ? one(scope.elements()).node() : someone().node();
    if (one == other) {
      return;
    }
    double share = LOSS_MIN + random.nextDouble() * (LOSS_MAX - LOSS_MIN);
    long ns = ongoing.drawNs(1, 20);
    ongoing.count(
        FaultKind.LOSS,
        "%s, %s %.0f %% for %d ms"
            .formatted(one.name(), other.name(), 100 * share, ns / NS_PER_MS));
    List<Path> paths = List.of(scope.network().path(one, other), scope.network().path(other, one));
    paths.forEach(path -> path.loss(share));
    last(List.of(one, other), ns, () -> paths.forEach(Path::restoreLoss));
  }

  private void last(List<Node> nodes, long ns, Runnable healing) {
    nodes.forEach(listener::begins);
    ongoing.last(
        ns,
        () -> {
          healing.run();
          nodes.forEach(listener::ends);
        });
  }

  void damage() {
    Node node = someone().node();
    Injury injury =
        new Injury(
            random,
            (from, to) -> {
              ongoing.count(
                  FaultKind.DAMAGE, "of a message from " + from.name() + " to " + to.name());
              listener.touched(from);
              listener.touched(to);
            });
    if (scope.network().damageOne(node, injury, random)) {
      ongoing.last(ongoing.drawNs(1, 20), injury::end);
    }
  }

  /// Half of the faults of links are between users and elements where these have sessions.
  private boolean isBetweenSessions() {
    return scope.settings().sessions().isAny() && random.nextBoolean();
  }

  private boolean isRegistrar(Node node) {
    return scope.registrars().stream().anyMatch(registrar -> registrar.node() == node);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /// A registrar as often as anybody else.
  private Participant someone() {
    List<RegistrarProcess> registrars = scope.registrars();
    return random.nextBoolean() && registrars.size() > 1 ? one(registrars) : one(scope.all());
  }
}
