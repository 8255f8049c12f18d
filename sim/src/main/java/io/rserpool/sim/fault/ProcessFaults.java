package io.rserpool.sim.fault;

import io.rserpool.sim.network.Node;
import io.rserpool.sim.scope.ElementProcess;
import io.rserpool.sim.scope.Participant;
import io.rserpool.sim.scope.RegistrarProcess;
import io.rserpool.sim.scope.Scope;
import io.rserpool.sim.scope.UserProcess;
import java.util.random.RandomGenerator;

/// What goes wrong with processes and machines: they end, start again empty, and pause.
final class ProcessFaults {

  private static final long NS_PER_MS = 1_000_000;
  private static final double FOREVER_SHARE = 0.2;

  private final Scope scope;
  private final FaultListener listener;
  private final RandomGenerator random;
  private final Ongoing ongoing;

  ProcessFaults(Scope scope, FaultListener listener, RandomGenerator random, Ongoing ongoing) {
    this.scope = scope;
    this.listener = listener;
    this.random = random;
    this.ongoing = ongoing;
  }

  void restart(RegistrarProcess registrar) {
    if (registrar.node().isRunning()) {
      ongoing.count(FaultKind.REGISTRAR_RESTART, registrar.name());
      registrar.stop();
      listener.dies(registrar, false);
      registrar.node().kill(true);
      ongoing.last(ongoing.drawNs(0.05, 2), () -> start(registrar));
    }
  }

  /// Of the processes that were to stay dead half start again; users always, and registrars without
  /// which there would be none, or which are the only ones that some element knows: when all copies
  /// of its registration are lost, it has no other way back.
  void startAgain() {
    boolean isRegistrarThere = false;
    for (Participant participant : scope.all()) {
      boolean isRegistrar = participant instanceof RegistrarProcess;
      if (!participant.node().isAlive()) {
        boolean isNeeded = isRegistrar && (!isRegistrarThere || isNeeded(participant));
        if (isNeeded || participant instanceof UserProcess || random.nextBoolean()) {
          start(participant);
        }
      }
      isRegistrarThere |= isRegistrar && participant.node().isAlive();
    }
  }

  private boolean isNeeded(Participant participant) {
    return participant instanceof RegistrarProcess registrar
        && scope.elements().stream().anyMatch(element -> element.dependsOn(registrar));
  }

  void end(FaultKind kind, Participant victim, boolean silently) {
    Node node = victim.node();
    if (!node.isAlive()) {
      return;
    }
    if (node.isPaused()) {
      listener.paused(victim, false);
    }
    ongoing.count(kind, victim.name());
    listener.dies(victim, silently);
    if (silently) {
      node.fail();
    } else {
      node.kill(random.nextBoolean());
    }
    if (random.nextDouble() >= FOREVER_SHARE) {
      ongoing.last(ongoing.drawNs(0.05, 10), () -> start(victim));
    }
  }

  private void start(Participant participant) {
    participant.node().boot();
    if (participant.node().isAlive()) {
      return;
    }
    if (participant instanceof ElementProcess element && random.nextBoolean()) {
      element.forgetId();
    }
    listener.starts(participant);
    participant.start();
  }

  void pause(FaultKind kind, Participant victim) {
    Node node = victim.node();
    if (!node.isRunning()) {
      return;
    }
    long ns = ongoing.drawNs(0.02, 10);
    ongoing.count(kind, victim.name() + " for " + ns / NS_PER_MS + " ms");
    listener.pauseBegins(node);
    listener.paused(victim, true);
    node.pause();
    ongoing.last(
        ns,
        () -> {
          listener.pauseEnds(node);
          if (node.isPaused()) {
            listener.paused(victim, false);
            node.resume();
          }
        });
  }
}
