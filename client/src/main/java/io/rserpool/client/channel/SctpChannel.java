package io.rserpool.client.channel;

import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.wire.WireForm;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// A channel over one SCTP association: data, and beside it control messages, which have the
/// payload protocol identifier of ASAP. Nothing of it is secured.
final class SctpChannel implements Channel {

  private final SctpAssociation association;
  private final boolean hasControl;
  private final ControlMessages control = new ControlMessages(WireForm.RFC);

  /// Whether the peer's first message is still to come, which tells whether it expects TLS.
  private boolean isFirst = true;

  SctpChannel(SctpAssociation association, boolean hasControl) {
    this.association = association;
    this.hasControl = hasControl;
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
      Incoming next = association.next(limit.toNanos() - (System.nanoTime() - startNs));
      if (!(next instanceof UserMessage message)
          || message.payloadProtocolId() != CONTROL_PAYLOAD_PROTOCOL) {
        return next;
      }
      requirePlain(message.bytes());
      if (!hasControl) {
        return next;
      }
      Optional<AsapMessage> told = control.decode(message.bytes(), peer(), this::report);
      if (told.isPresent()) {
        return new Incoming.Control(told.get());
      }
    }
  }

  /// What TLS begins with is no message of ASAP. Says so, instead of leaving the peer without an answer.
  private void requirePlain(byte[] message) throws IOException {
    if (!isFirst) {
      return;
    }
    isFirst = false;
    if (TlsProof.isAlert(message, message.length)) {
      throw new IOException(association + TlsProof.SPEAKS_TLS);
    }
    if (TlsProof.isHandshake(message)) {
      association.abort("sessions are plain here");
      throw new IOException(
          association
              + " speaks TLS, but sessions are plain here: users and servers of a pool secure"
              + " them or none of them does");
    }
  }

  /// Tells the peer what could not be read, if there is room for it.
  private void report(AsapError error) {
    var _ = association.offer(control.encode(error), CONTROL_PAYLOAD_PROTOCOL);
  }

  @Override
  public void send(UserMessage message) throws IOException {
    if (hasControl && message.payloadProtocolId() == CONTROL_PAYLOAD_PROTOCOL) {
      throw new IllegalArgumentException("payload protocol 11 is ASAP, the control channel itself");
    }
    if (message.bytes().length > MESSAGE_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a message has at most %d bytes, but this one for %s has %d"
              .formatted(MESSAGE_BYTES_MAX, peer(), message.bytes().length));
    }
    if (message.bytes().length > 0) {
      association.send(
          message.bytes(), message.stream(), message.payloadProtocolId(), message.isUnordered());
    }
  }

  @Override
  public void sendControl(AsapMessage message) throws IOException {
    if (!hasControl) {
      throw new IllegalStateException(
          "expected a service with a control channel, but " + association + " is for data only");
    }
    association.send(control.encode(message), 0, CONTROL_PAYLOAD_PROTOCOL, false);
  }

  @Override
  public void endOutput() {
    // SCTP has no end in one direction.
  }

  @Override
  public String peer() {
    return association.toString();
  }

  @Override
  public void close() {
    association.close();
  }

  @Override
  public void abort() {
    association.abort("");
  }

  @Override
  public String toString() {
    return peer();
  }
}
