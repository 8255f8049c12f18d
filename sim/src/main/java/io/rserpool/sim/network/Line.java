package io.rserpool.sim.network;

import io.rserpool.sim.Simulation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One direction of an association: a packet for each message, delivered in order.
///
/// A lost packet is sent again when a packet that was sent after it is acknowledged and a quarter
/// of a
/// round trip has passed without it (RFC 8985), at the latest after a time-out that doubles. The
/// acknowledgement that would reveal a loss may be lost, too.
///
/// @param <M> what it carries
final class Line<M> {

  private static final int DOUBLINGS_MAX = 8;

  /// A message on its way. The objects are used again and again, since there are so many.
  private final class Packet {
    private final Simulation.Event event = simulation.event(this::due);
    private @Nullable M message;
    private long sentNs;
    private int losses;
    private boolean isLost;
    private boolean hasArrived;

    private void due() {
      if (isLost) {
        transmit(this);
      } else {
        arrived(this);
      }
    }
  }

  private final Simulation simulation;
  private final LinkSettings settings;
  private final RandomGenerator random;
  private final Consumer<M> receiver;
  private final Deque<Packet> underWay = new ArrayDeque<>();
  private final List<Packet> spare = new ArrayList<>();
  private final double survivalLog;
  private long untilLoss;
  private int lost;
  private boolean isCut;

  Line(Simulation simulation, LinkSettings settings, RandomGenerator random, Consumer<M> receiver) {
    this.simulation = simulation;
    this.settings = settings;
    this.random = random;
    this.receiver = receiver;
    this.survivalLog = Math.log1p(-settings.loss());
    this.untilLoss = drawUntilLoss();
  }

  void send(M message) {
    if (isCut) {
      return;
    }
    Packet packet = spare.isEmpty() ? new Packet() : spare.removeLast();
    packet.message = message;
    packet.losses = 0;
    packet.isLost = false;
    packet.hasArrived = false;
    underWay.addLast(packet);
    transmit(packet);
  }

  /// Nothing comes through any more, what is under way included.
  void cut() {
    isCut = true;
    underWay.forEach(packet -> packet.event.cancel());
    underWay.clear();
  }

  private void transmit(Packet packet) {
    packet.sentNs = simulation.nowNs();
    if (packet.isLost) {
      lost--;
    }
    packet.isLost = draw();
    if (!packet.isLost) {
      packet.event.at(simulation.nowNs() + settings.delayNs());
      return;
    }
    if (settings.repair() == LinkSettings.Repair.NONE) {
      underWay.remove(packet);
      spare.add(packet);
      return;
    }
    lost++;
    long timeoutNs = settings.retransmissionNs() << Math.min(packet.losses, DOUBLINGS_MAX);
    packet.losses++;
    packet.event.at(simulation.nowNs() + timeoutNs);
  }

  private void arrived(Packet packet) {
    packet.hasArrived = true;
    if (lost > 0 && !draw()) {
      reveal(packet.sentNs);
    }
    boolean inOrder = settings.repair() == LinkSettings.Repair.TRANSPORT;
    if (!inOrder) {
      underWay.remove(packet);
      deliver(packet);
      return;
    }
    while (!underWay.isEmpty() && underWay.getFirst().hasArrived) {
      deliver(underWay.removeFirst());
    }
  }

  private void reveal(long sentNs) {
    long atNs = simulation.nowNs() + settings.delayNs() + settings.delayNs() / 2;
    for (Packet other : underWay) {
      if (other.isLost && other.sentNs < sentNs && other.event.atNs() > atNs) {
        other.event.at(atNs);
      }
    }
  }

  private void deliver(Packet packet) {
    M message = packet.message;
    packet.message = null;
    spare.add(packet);
    if (message != null) {
      receiver.accept(message);
    }
  }

  /// Whether this packet is lost: counts down to the next loss, which saves most draws.
  private boolean draw() {
    if (settings.loss() == 0 || --untilLoss >= 0) {
      return false;
    }
    untilLoss = drawUntilLoss();
    return true;
  }

  private long drawUntilLoss() {
    return settings.loss() == 0
        ? Long.MAX_VALUE
        : (long) (Math.log1p(-random.nextDouble()) / survivalLog);
  }
}
