package io.rserpool.sim.network;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.LossReason;
import org.jspecify.annotations.Nullable;

/// One end of an association.
///
///     CALLING --accepted--> OPEN --closed here--> CLOSING --all is delivered, or nothing goes--> GONE
///     CALLING, OPEN, CLOSING --reset, aborted, given up, closed by the peer--> GONE
///
/// What arrives at an end that is gone is answered with a reset, as TCP does it: so a peer learns
/// by its next message that a process has died whose reset was lost.
final class End {

  /// Who uses an end: what one life of a process has on the network.
  interface Owner {

    /// Where it runs.
    Node node();

    /// Whether its process still lives.
    boolean isCurrent();

    /// The end is open.
    void up(End end);

    /// The end is gone, without the owner having ended it.
    void down(End end, LossReason reason, String detail);

    /// A message came.
    void message(End end, byte[] message);

    /// The peer's process has taken a message.
    default void taken(End end) {}
  }

  private enum State {
    CALLING,
    OPEN,
    CLOSING,
    GONE
  }

  /// The first packet in the direction of the call; shorter than any message.
  private static final byte[] GREETING = new byte[1];

  /// The last packet in order; shorter than any message.
  private static final byte[] FAREWELL = new byte[2];

  private final Network network;
  private final Owner owner;
  private final AssociationId id;
  private final Speech speech;
  private final int port;
  private @Nullable End peer;
  private @Nullable Line<byte[]> line;
  private @Nullable Injury injury;
  private State state = State.CALLING;
  private int underWay;

  End(Network network, Owner owner, AssociationId id, Speech speech, int port) {
    this.network = network;
    this.owner = owner;
    this.id = id;
    this.speech = speech;
    this.port = port;
  }

  AssociationId id() {
    return id;
  }

  Speech speech() {
    return speech;
  }

  int port() {
    return port;
  }

  Owner owner() {
    return owner;
  }

  Node node() {
    return owner.node();
  }

  /// The peer, once there is one.
  @Nullable End peer() {
    return peer;
  }

  boolean isCalling() {
    return state == State.CALLING;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  private boolean isGone() {
    return state == State.GONE;
  }

  /// The call has been accepted by the peer's machine; its process hears of it by the greeting.
  void established(End accepted) {
    if (state != State.CALLING) {
      return;
    }
    connect(accepted);
    accepted.connect(this);
    state = State.OPEN;
    if (line != null) {
      line.send(GREETING, true);
    }
    owner.up(this);
  }

  private void connect(End other) {
    peer = other;
    Path there = network.path(node(), other.node());
    Path back = network.path(other.node(), node());
    line = new Line<>(network.simulation(), there, back, other::arrived, this::givenUp);
  }

  /// The call has come to nothing.
  void failed(LossReason reason, String detail) {
    if (state == State.CALLING) {
      gone(reason, detail);
    }
  }

  void send(byte[] message) {
    if (state == State.OPEN && line != null) {
      network.count(speech, message.length);
      underWay++;
      line.send(message);
    }
  }

  /// How many messages the peer's process has not taken yet.
  int underWay() {
    return underWay;
  }

  /// The process has taken a message from this end; the peer hears of it at once.
  void taken() {
    End other = peer;
    if (other != null) {
      other.underWay--;
      other.owner.taken(other);
    }
  }

  /// The next message that is sent from here arrives changed; of a session, the next control message,
  /// since data is in the care of checksums.
  void injure(Injury newInjury) {
    injury = newInjury;
  }

  /// Ends it in order.
  void close() {
    if (state == State.OPEN && line != null) {
      state = State.CLOSING;
      line.send(FAREWELL, true);
    } else if (state == State.CALLING) {
      state = State.GONE;
    }
  }

  /// Breaks it; the peer is told, if the way there is free.
  void abort() {
    boolean knowsPeer = state == State.OPEN || state == State.CLOSING;
    vanish();
    if (knowsPeer) {
      resetPeer();
    }
  }

  /// It is no more, and nobody is told.
  void vanish() {
    state = State.GONE;
    if (line != null) {
      line.cut();
    }
  }

  /// Somebody on the way has broken it: both ends are told.
  void reset() {
    End other = peer;
    if (state == State.OPEN && other != null) {
      gone(LossReason.RESET, "reset on the way");
      if (other.isOpen()) {
        other.gone(LossReason.RESET, "reset on the way");
      }
    }
  }

  private void givenUp() {
    boolean wasOpen = state == State.OPEN;
    vanish();
    resetPeer();
    if (wasOpen) {
      owner.down(this, LossReason.UNREACHABLE, "nothing was acknowledged in time");
    }
  }

  private void resetPeer() {
    End other = peer;
    if (other == null) {
      return;
    }
    Path there = network.path(node(), other.node());
    if (!there.loses()) {
      network.simulation().at(there.arrivalNs(), other::resetArrived);
    }
  }

  private void resetArrived() {
    switch (state) {
      case OPEN -> gone(LossReason.RESET, "reset by the peer");
      case CLOSING -> vanish();
      case CALLING, GONE -> state = State.GONE;
    }
  }

  private void gone(LossReason reason, String detail) {
    vanish();
    owner.down(this, reason, detail);
  }

  /// The peer's line has delivered something.
  private void arrived(byte[] message) {
    End sender = peer;
    if (sender == null) {
      return;
    }
    if (isFarewell(message) && sender.state == State.CLOSING) {
      sender.vanish();
    }
    switch (state) {
      case CALLING -> {
        if (message.length == GREETING.length && owner.isCurrent()) {
          state = State.OPEN;
          owner.up(this);
        } else {
          vanish();
          resetPeer();
        }
      }
      case OPEN -> {
        if (isFarewell(message)) {
          gone(LossReason.CLOSED, "closed by the peer");
        } else {
          owner.message(this, sender.damaged(message, node()));
        }
      }
      case CLOSING -> {
        if (!isFarewell(message) && !owner.isCurrent()) {
          vanish();
          resetPeer();
        }
      }
      case GONE -> {
        if (!sender.isGone()) {
          resetPeer();
        }
      }
    }
  }

  private static boolean isFarewell(byte[] message) {
    return message.length == FAREWELL.length;
  }

  private byte[] damaged(byte[] message, Node to) {
    Injury of = injury;
    if (of == null || of.isOver() || (speech == Speech.SESSION && !Link.isControl(message))) {
      return message;
    }
    injury = null;
    return Damage.to(message, speech, network.form(), of.strike(node(), to));
  }
}
