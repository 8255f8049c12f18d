package io.rserpool.cli.survey;

import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.WireForm;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// Whole ENRP messages over one connection or association, all within one time limit.
final class EnrpConversation implements AutoCloseable {
  private final Line line;
  private final EnrpCodec codec;
  private final Duration limit;
  private final long deadlineNs;

  private EnrpConversation(Line line, EnrpCodec codec, Duration limit, long deadlineNs) {
    this.line = line;
    this.codec = codec;
    this.limit = limit;
    this.deadlineNs = deadlineNs;
  }

  /// Calls a registrar.
  ///
  /// @param limit for the call and all that is said afterwards
  /// @throws IOException whose message says what happened, in words for people
  static EnrpConversation open(Endpoint registrar, Profile profile, Duration limit)
      throws IOException {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    Line line = Line.open(registrar, limit);
    return new EnrpConversation(line, new EnrpCodec(WireForm.of(profile)), limit, deadlineNs);
  }

  /// Sends one message.
  void send(EnrpMessage message) throws IOException {
    line.send(codec.encode(message));
  }

  /// Waits for the next message.
  ///
  /// @throws SocketTimeoutException when the time limit has passed
  /// @throws EOFException if the registrar ended the connection
  /// @throws IOException if the connection broke, or what came is not ENRP
  EnrpMessage receive() throws IOException {
    byte[] message;
    try {
      message = line.receive(Duration.ofNanos(deadlineNs - System.nanoTime()));
    } catch (SocketTimeoutException _) {
      throw new SocketTimeoutException("it did not answer within " + limit.toSeconds() + " s");
    }
    Decoded<EnrpMessage> decoded = codec.decode(message, 0, message.length);
    return switch (decoded) {
      case Decoded.Message<EnrpMessage> known -> known.message();
      case Decoded.Fault<EnrpMessage> fault ->
          throw new IOException(
              "what came is not valid ENRP: at byte " + fault.offset() + ", " + fault.text());
    };
  }

  /// Whether the time limit has passed then.
  boolean isOverIn(Duration time) {
    return deadlineNs - System.nanoTime() <= time.toNanos();
  }

  @Override
  public void close() {
    line.close();
  }
}
