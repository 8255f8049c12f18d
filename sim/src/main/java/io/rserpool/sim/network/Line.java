package io.rserpool.sim.network;

import io.rserpool.engine.Engine;
import io.rserpool.sim.Simulation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One direction of an association: a packet for each message, delivered in order.
///
/// A lost packet is sent again when a packet that was sent after it is acknowledged and a quarter
/// of a round trip has passed without it (RFC 8985), at the latest after a time-out that doubles.
/// The acknowledgement that would reveal a loss may be lost, too. When something stays without
/// acknowledgement for the user time-out (RFC 5482), the transport gives the association up.
///
/// @param <M> what it carries
final class Line<M> {

  private static final int DOUBLINGS_MAX = 8;

  /// A message on its way. The objects are used again and again, since there are so many.
  private final class Packet {
    private final Simulation.Event event = simulation.event(this::due);
    private @Nullable M message;
    private long firstSentNs;
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
  private final Path path;
  private final Path back;
  private final LinkSettings settings;
  private final Consumer<M> receiver;
  private final Runnable givenUp;
  private final Deque<Packet> underWay = new ArrayDeque<>();
  private final List<Packet> spare = new ArrayList<>();
  private Simulation.@Nullable Event unacknowledged;
  private int lost;
  private boolean isCut;

  /// @param path the way there
  /// @param back the way of the acknowledgements
  /// @param givenUp is called when the transport gives up
  Line(Simulation simulation, Path path, Path back, Consumer<M> receiver, Runnable givenUp) {
    this.simulation = simulation;
    this.path = path;
    this.back = back;
    this.settings = path.settings();
    this.receiver = receiver;
    this.givenUp = givenUp;
  }

  void send(M message) {
    send(message, false);
  }

  /// @param isControl whether it opens or ends the association: a transport repairs that always
  void send(M message, boolean isControl) {
    if (isCut) {
      return;
    }
    Packet packet = spare.isEmpty() ? new Packet() : spare.removeLast();
    packet.message = message;
    packet.firstSentNs = simulation.nowNs();
    packet.losses = 0;
    packet.isLost = false;
    packet.hasArrived = false;
    underWay.addLast(packet);
    if (isControl && settings.repair() == LinkSettings.Repair.NONE) {
      packet.sentNs = simulation.nowNs();
      packet.event.at(path.arrivalNs());
    } else {
      transmit(packet);
    }
  }

  /// Nothing comes through any more, what is under way included.
  void cut() {
    isCut = true;
    underWay.forEach(packet -> packet.event.cancel());
    underWay.clear();
    if (unacknowledged != null) {
      unacknowledged.cancel();
    }
  }

  private void transmit(Packet packet) {
    long nowNs = simulation.nowNs();
    packet.sentNs = nowNs;
    if (packet.isLost) {
      lost--;
    }
    packet.isLost = path.loses();
    if (!packet.isLost) {
      packet.event.at(path.arrivalNs());
      return;
    }
    if (settings.repair() == LinkSettings.Repair.NONE) {
      underWay.remove(packet);
      spare.add(packet);
      return;
    }
    lost++;
    long limitNs = packet.firstSentNs + settings.userTimeoutNs();
    if (nowNs >= limitNs) {
      givenUp.run();
      return;
    }
    long timeoutNs = settings.retransmissionNs() << Math.min(packet.losses, DOUBLINGS_MAX);
    packet.losses++;
    packet.event.at(Math.min(nowNs + timeoutNs, limitNs));
  }

  private void arrived(Packet packet) {
    packet.hasArrived = true;
    if (!back.isUp()) {
      willGiveUp(packet.firstSentNs + settings.userTimeoutNs());
    } else if (lost > 0 && !back.loses()) {
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
    long atNs = simulation.nowNs() + back.usualNs() + back.usualNs() / 2;
    for (Packet other : underWay) {
      if (other.isLost && other.sentNs < sentNs && other.event.atNs() > atNs) {
        other.event.at(atNs);
      }
    }
  }

  /// It has arrived, but nothing can tell the sender.
  private void willGiveUp(long atNs) {
    if (settings.repair() == LinkSettings.Repair.NONE) {
      return;
    }
    if (unacknowledged == null) {
      unacknowledged = simulation.event(this::isStillUnacknowledged);
    }
    if (unacknowledged.atNs() == Engine.NEVER) {
      unacknowledged.at(Math.max(atNs, simulation.nowNs()));
    }
  }

  private void isStillUnacknowledged() {
    if (!back.isUp()) {
      givenUp.run();
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
}
