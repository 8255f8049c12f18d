package io.rserpool.client.channel;

import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpSocket;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.wire.WireForm;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A channel over one SCTP association: data, and beside it control messages, which have the
/// payload protocol identifier of ASAP.
final class SctpChannel implements Channel {

  private static final Logger LOG = LoggerFactory.getLogger(SctpChannel.class);

  /// How long an end in order may take before the association is broken.
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final SctpSocket socket;
  private final long number;
  private final boolean hasControl;
  private final int outgoingStreams;
  private final String peer;
  private final Runnable onGone;
  private final ControlMessages control = new ControlMessages(WireForm.RFC);
  private final SctpState state;

  /// @param onGone called when the association has ended, perhaps more than once
  SctpChannel(
      SctpSocket socket,
      long number,
      boolean hasControl,
      int outgoingStreams,
      String peer,
      Runnable onGone) {
    this.socket = socket;
    this.number = number;
    this.hasControl = hasControl;
    this.outgoingStreams = outgoingStreams;
    this.peer = peer;
    this.onGone = onGone;
    this.state = new SctpState(peer);
  }

  @Override
  public boolean keepsMessages() {
    return true;
  }

  @Override
  public boolean hasControl() {
    return hasControl;
  }

  @Override
  public Incoming receive(Duration limit) throws IOException {
    long startNs = System.nanoTime();
    while (true) {
      Incoming next = state.next(limit.toNanos() - (System.nanoTime() - startNs));
      adjustFlow();
      if (!hasControl
          || !(next instanceof UserMessage message)
          || message.payloadProtocolId() != CONTROL_PAYLOAD_PROTOCOL) {
        return next;
      }
      Optional<AsapMessage> told = control.decode(message.bytes(), peer, this::report);
      if (told.isPresent()) {
        return new Incoming.Control(told.get());
      }
    }
  }

  /// Tells the peer what could not be read, if there is room for it.
  private void report(AsapError error) {
    var _ = socket.send(number, control.encode(error), 0, (int) CONTROL_PAYLOAD_PROTOCOL);
  }

  @Override
  public void send(UserMessage message) throws IOException {
    if (hasControl && message.payloadProtocolId() == CONTROL_PAYLOAD_PROTOCOL) {
      throw new IllegalArgumentException("payload protocol 11 is ASAP, the control channel itself");
    }
    if (message.bytes().length > MESSAGE_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a message has at most %d bytes, but this one for %s has %d"
              .formatted(MESSAGE_BYTES_MAX, peer, message.bytes().length));
    }
    if (message.bytes().length == 0) {
      return;
    }
    // A peer may take fewer streams than another one did: order within a stream is kept all the
    // same.
    int stream = message.stream() % outgoingStreams;
    send(message.bytes(), stream, (int) message.payloadProtocolId(), message.isUnordered());
  }

  @Override
  public void sendControl(AsapMessage message) throws IOException {
    if (!hasControl) {
      throw new IllegalStateException(
          "expected a service with a control channel, but " + peer + " is for data only");
    }
    send(control.encode(message), 0, (int) CONTROL_PAYLOAD_PROTOCOL, false);
  }

  private void send(byte[] bytes, int stream, int payloadProtocolId, boolean isUnordered)
      throws IOException {
    while (true) {
      long seen = state.writables();
      if (isUnordered
          ? socket.sendUnordered(number, bytes, stream, payloadProtocolId)
          : socket.send(number, bytes, stream, payloadProtocolId)) {
        return;
      }
      state.awaitWritable(seen);
    }
  }

  @Override
  public void endOutput() {
    // SCTP has no end in one direction.
  }

  @Override
  public String peer() {
    return peer;
  }

  @Override
  public void close() {
    if (!state.isUpAtTheEnd()) {
      return;
    }
    adjustFlow();
    socket.shutdown(number);
    if (!state.hasEndedWithin(CLOSE_LIMIT)) {
      socket.abort(number, "no end within " + CLOSE_LIMIT.toMillis() + " ms");
    }
    onGone.run();
  }

  @Override
  public void abort() {
    if (state.isUpAtTheEnd()) {
      socket.abort(number, "");
    }
    lost(LossReason.RESET, "broken on this side");
  }

  // What the stack tells, on its threads.

  void received(byte[] bytes, int stream, int payloadProtocolId) {
    state.add(new UserMessage(bytes, Integer.toUnsignedLong(payloadProtocolId), stream));
    adjustFlow();
  }

  void writable() {
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

  @Override
  public String toString() {
    return peer;
  }
}
