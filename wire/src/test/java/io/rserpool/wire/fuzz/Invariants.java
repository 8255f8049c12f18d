package io.rserpool.wire.fuzz;

import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.enrp.EnrpError;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.LengthForm;
import io.rserpool.wire.MessageFramer;
import io.rserpool.wire.Protocol;
import io.rserpool.wire.RawMessage;
import io.rserpool.wire.UnencodableException;
import io.rserpool.wire.WireForm;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What holds for any bytes whatsoever.
final class Invariants {

  /// Below this, no form of a message that was read can be too long to be written.
  private static final int SURELY_ENCODABLE = 32_000;

  private Invariants() {}

  interface Decoder<M> {
    Decoded<M> decode(byte[] bytes, int offset, int length);
  }

  /// The bytes of a message that was read; nothing only if it is about as large as messages can be.
  static <M> Optional<byte[]> encoded(M message, Function<M, byte[]> encoder, byte[] source) {
    try {
      return Optional.of(encoder.apply(message));
    } catch (UnencodableException e) {
      if (source.length < SURELY_ENCODABLE) {
        throw new AssertionError("was read, but cannot be written: " + message, e);
      }
      return Optional.empty();
    }
  }

  /// What was written reads as the same message, with nothing to report or skip.
  static <M> void checkAgain(
      M message, Optional<byte[]> encoded, Decoder<M> decoder, WireForm form) {
    if (encoded.isEmpty() || losesSomething(message, form)) {
      return;
    }
    byte[] bytes = encoded.get();
    Decoded<M> again = decoder.decode(bytes, 0, bytes.length);
    require(bytes.length % 4 == 0, "a size of " + bytes.length);
    require(
        again.equals(new Decoded.Message<>(message, List.of(), List.of())),
        message + " was written and read as " + again);
    require(
        MessageFramer.next(bytes, 0, bytes.length, MessageFramer.SIZE_MAX) == bytes.length,
        "the framer sees another size");
  }

  /// Reports fit into an ERROR message, and an ERROR message causes none.
  static void checkReports(Protocol protocol, byte[] bytes, Decoded<?> decoded) {
    List<ErrorCause> reports = decoded.reports();
    if (reports.isEmpty()) {
      return;
    }
    byte[] error =
        switch (protocol) {
          case ASAP -> new AsapCodec(WireForm.RSPLIB).encode(new AsapError(reports));
          case ENRP ->
              new EnrpCodec(WireForm.RSPLIB)
                  .encode(new EnrpError(ServerId.NONE, ServerId.NONE, reports));
        };
    require(error[0] != bytes[0], "an ERROR message would be answered by another");
  }

  /// Reading and writing the raw form of a message that is not broken is stable.
  static void checkRaw(Protocol protocol, byte[] bytes) {
    if (bytes.length < SURELY_ENCODABLE
        && RawMessage.decode(protocol, bytes, 0, bytes.length)
            instanceof Decoded.Message<RawMessage>(RawMessage message, _, _)
        && message.rest().isEmpty()) {
      byte[] once = message.encode(LengthForm.PADDING_COUNTED);
      if (RawMessage.decode(protocol, once, 0, once.length)
          instanceof Decoded.Message<RawMessage>(RawMessage again, _, _)) {
        byte[] twice = again.encode(LengthForm.PADDING_COUNTED);
        require(Arrays.equals(once, twice), "the raw form changes");
      } else {
        throw new AssertionError("the raw form cannot be read again");
      }
    }
  }

  /// Leave requests and registrants are read in every form, but not sent in that of rsplib.
  private static boolean losesSomething(Object message, WireForm form) {
    return !form.ownParameters()
        && switch (message) {
          case AsapDeregistration m -> m.leave() != LeaveRequest.NONE;
          case AsapDeregistrationResponse m -> m.leave() != LeaveRequest.NONE;
          case EnrpHandleUpdate m -> !m.element().registrant().isEmpty();
          case EnrpHandleTableResponse m ->
              m.pools().stream()
                  .flatMap(pool -> pool.elements().stream())
                  .anyMatch(element -> !element.registrant().isEmpty());
          default -> false;
        };
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
