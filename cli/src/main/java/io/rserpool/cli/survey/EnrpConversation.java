package io.rserpool.cli.survey;

import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.WireForm;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/// Whole ENRP messages over one connection or association, all within one time limit.
final class EnrpConversation implements AutoCloseable {
  /// One name for all that this program asks, so that it can tell itself from the others.
  private static final ServerId NAME = randomId();

  private final Line line;
  private final EnrpCodec codec;
  private final Duration limit;
  private final ServerInformation self;
  private final long deadlineNs;

  private EnrpConversation(Line line, Profile profile, Duration limit, long deadlineNs) {
    this.line = line;
    this.codec = new EnrpCodec(WireForm.of(profile));
    this.self = self(profile, line);
    this.limit = limit;
    this.deadlineNs = deadlineNs;
  }

  /// Calls a registrar.
  ///
  /// @param approach whose limit is for the call and all that is said afterwards
  /// @throws IOException whose message says what happened, in words for people
  static EnrpConversation open(Endpoint registrar, Approach approach) throws IOException {
    long deadlineNs = System.nanoTime() + approach.limit().toNanos();
    Line line = Line.open(registrar, approach);
    return new EnrpConversation(line, approach.profile(), approach.limit(), deadlineNs);
  }

  /// Who asks. Nobody, so that no registrar takes this for a peer; but rsplib's answer only peers
  /// that say where they are.
  ServerInformation self() {
    return self;
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

  private static ServerInformation self(Profile profile, Line line) {
    return switch (profile) {
      case STANDARD, RFC -> ServerInformation.NONE;
      case RSPLIB -> new ServerInformation(NAME, List.of(line.own()));
    };
  }

  private static ServerId randomId() {
    SecureRandom random = new SecureRandom();
    ServerId id = ServerId.NONE;
    while (id.isNone()) {
      id = ServerId.of(random.nextInt());
    }
    return id;
  }
}
