package io.rserpool.client.channel;

import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpSocket;
import io.rserpool.protocol.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One SCTP association as channels use it: it waits where the stack does not, and holds a peer back of
/// whom too much waits unread. What its messages mean is not its business.
final class SctpAssociation {

  private static final Logger LOG = LoggerFactory.getLogger(SctpAssociation.class);

  /// How long an end in order may take before the association is broken.
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final SctpSocket socket;
  private final long number;
  private final int outgoingStreams;
  private final IpAddress host;
  private final String peer;
  private final Runnable onGone;
  private final SctpState state;
  private volatile Runnable onWritable = () -> {};
  private volatile boolean isBroken;

  /// @param host the first of the peer's addresses
  /// @param peer all of them, for people
  /// @param onGone called when the association has ended, perhaps more than once
  SctpAssociation(
      SctpSocket socket,
      long number,
      int outgoingStreams,
      IpAddress host,
      String peer,
      Runnable onGone) {
    this.socket = socket;
    this.number = number;
    this.outgoingStreams = outgoingStreams;
    this.host = host;
    this.peer = peer;
    this.onGone = onGone;
    this.state = new SctpState(peer);
  }

  /// Has something done whenever messages are taken again, quickly, on the stack's threads.
  void whenWritable(Runnable action) {
    onWritable = action;
  }

  IpAddress host() {
    return host;
  }

  /// Waits for the next message: never a [Incoming.Control].
  Incoming next(long limitNs) throws IOException {
    Incoming next = state.next(limitNs);
    adjustFlow();
    return next;
  }

  /// Sends a message; waits while the stack takes none.
  void send(byte[] bytes, int stream, long payloadProtocolId, boolean isUnordered)
      throws IOException {
    // A peer may take fewer streams than another one did: order within a stream is kept all the
    // same.
    int folded = stream % outgoingStreams;
    while (true) {
      long seen = state.writables();
      if (isUnordered
          ? socket.sendUnordered(number, bytes, folded, (int) payloadProtocolId)
          : socket.send(number, bytes, folded, (int) payloadProtocolId)) {
        return;
      }
      state.awaitWritable(seen);
    }
  }

  /// Sends a message on stream 0, if it is taken at once.
  boolean offer(byte[] bytes, long payloadProtocolId) {
    return socket.send(number, bytes, 0, (int) payloadProtocolId);
  }

  /// As [SctpState#writables].
  long writables() throws IOException {
    return state.writables();
  }

  /// As [SctpState#awaitWritable].
  void awaitWritable(long seen) throws IOException {
    state.awaitWritable(seen);
  }

  /// Ends it in order, unless it is being broken; what was sent before still arrives.
  void close() {
    if (isBroken || !state.isUpAtTheEnd()) {
      return;
    }
    adjustFlow();
    socket.shutdown(number);
    if (!state.hasEndedWithin(CLOSE_LIMIT)) {
      socket.abort(number, "no end within " + CLOSE_LIMIT.toMillis() + " ms");
    }
    onGone.run();
  }

  /// Breaks it at once.
  ///
  /// @param reason told to the peer
  void abort(String reason) {
    isBroken = true;
    if (state.isUpAtTheEnd()) {
      socket.abort(number, reason);
    }
    lost(LossReason.RESET, "broken on this side");
  }

  // What the stack tells, on its threads.

  void received(byte[] bytes, int stream, int payloadProtocolId) {
    state.add(new UserMessage(bytes, Integer.toUnsignedLong(payloadProtocolId), stream));
    adjustFlow();
  }

  void writable() {
    onWritable.run();
    state.writable();
  }

  void path(InetAddress address, SctpListener.Path change) {
    LOG.info("{}: path {} is {}", peer, address.getHostAddress(), change);
  }

  /// The peer knows nothing of this conversation any more.
  void restarted() {
    socket.abort(number, "restart");
    lost(LossReason.RESET, "the peer has started again");
  }

  void lost(LossReason reason, String detail) {
    state.lost(reason, detail);
    onGone.run();
  }

  /// Holds the peer back, or lets it go on, as what waits unread demands. While a thread does that
  /// the others go on: it looks again when it has done so.
  private void adjustFlow() {
    while (state.beginsAdjusting()) {
      if (state.isPaused()) {
        socket.pause(number);
      } else {
        socket.resume(number);
      }
      state.endAdjusting();
    }
  }

  /// The peer's address, for people.
  @Override
  public String toString() {
    return peer;
  }
}
