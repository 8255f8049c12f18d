package io.rserpool.client.channel;

import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.UnencodableException;
import io.rserpool.wire.WireForm;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The control channel's messages to bytes and back. For the one thread that receives, and for the
/// one that sends.
final class ControlMessages {

  private static final Logger LOG = LoggerFactory.getLogger(ControlMessages.class);

  /// A peer fills nobody's log: what it sends more of that cannot be read is told to debuggers
  /// only.
  private static final int WARNINGS_MAX = 3;

  private final AsapCodec codec;
  private int unreadable;

  ControlMessages(WireForm form) {
    codec = new AsapCodec(form);
  }

  /// @throws IllegalArgumentException if the message is too long
  byte[] encode(AsapMessage message) {
    try {
      return codec.encode(message);
    } catch (UnencodableException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /// Reads a message. What cannot be read is dropped, and whatever its high bits demand is reported
  /// (RFC 5354 sections 3 and 4); an error is never answered by an error.
  ///
  /// @param reports takes what is to be sent back
  Optional<AsapMessage> decode(byte[] bytes, String peer, Consumer<AsapError> reports) {
    Decoded<AsapMessage> decoded = codec.decode(bytes, 0, bytes.length);
    List<ErrorCause> causes = decoded.reports();
    if (!causes.isEmpty()) {
      reports.accept(new AsapError(causes));
    }
    return switch (decoded) {
      case Decoded.Message<AsapMessage>(AsapMessage message, _, _) -> Optional.of(message);
      case Decoded.Fault<AsapMessage> fault -> {
        tell(fault, peer);
        yield Optional.empty();
      }
    };
  }

  private void tell(Decoded.Fault<AsapMessage> fault, String peer) {
    String what = fault.kind() + " at byte " + fault.offset() + ": " + fault.text();
    if (++unreadable <= WARNINGS_MAX) {
      LOG.warn("{} sent a control message that cannot be read, {}", peer, what);
    } else {
      LOG.debug("{} sent a control message that cannot be read, {}", peer, what);
    }
  }
}
