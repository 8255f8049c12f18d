package io.rserpool.wire.session;

import io.rserpool.protocol.Octets;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the stream of one side, in whatever pieces it arrives: first the [Preamble], then frames.
/// After a fault the stream cannot be read any further, and every call gives the same fault.
///
/// It keeps no more than one unfinished frame, and makes room for that only as its bytes come: a peer
/// that announces much and sends little costs little. For one thread.
public final class FrameDecoder {

  /// The room that a frame gets before anything of it is there.
  private static final int FIRST_ROOM = 4 * 1024;

  private static final byte[] NOTHING = {};

  private final Side writer;
  private final byte[] preamble;
  private final byte[] header = new byte[Frame.HEADER_SIZE];

  /// How many bytes of preamble or header are there.
  private int headerCount;

  private boolean hasStarted;
  private int size;
  private byte[] payload = NOTHING;
  private int payloadCount;

  /// How many bytes were taken.
  private long position;

  private @Nullable FrameFault fault;

  /// @param writer whose stream it is
  public FrameDecoder(Side writer) {
    this.writer = writer;
    this.preamble = Preamble.encode(writer);
  }

  /// Takes bytes from `piece`, up to the end of the next frame at most; what is left of the piece is
  /// for the next call.
  public FrameStep next(ByteBuffer piece) {
    FrameFault known = fault;
    if (known != null) {
      return known;
    }
    FrameStep step = hasStarted ? frame(piece) : start(piece);
    if (step instanceof FrameFault found) {
      fault = found;
    }
    return step;
  }

  /// What it means that the stream ends here: nothing, or that it was cut short.
  public Optional<FrameFault> end() {
    FrameFault known = fault;
    if (known != null) {
      return Optional.of(known);
    }
    if (position == 0 || (hasStarted && headerCount == 0)) {
      return Optional.empty();
    }
    String seen =
        !hasStarted
            ? "the preamble, after %d of %d bytes".formatted(headerCount, Preamble.SIZE)
            : headerCount < Frame.HEADER_SIZE
                ? "a frame's header, after %d of %d bytes".formatted(headerCount, Frame.HEADER_SIZE)
                : "a frame, after %d of %d bytes".formatted(payloadCount, size);
    return Optional.of(
        new FrameFault(FrameFault.Kind.CUT_SHORT, position, "the stream ended within " + seen));
  }

  private FrameStep start(ByteBuffer piece) {
    while (piece.hasRemaining()) {
      header[headerCount] = piece.get();
      position++;
      if (header[headerCount] != preamble[headerCount]) {
        return unexpected(piece);
      }
      if (++headerCount == Preamble.SIZE) {
        hasStarted = true;
        headerCount = 0;
        return FrameStep.Start.START;
      }
    }
    return FrameStep.More.MORE;
  }

  /// The last byte taken is not the one that the preamble has there.
  private FrameFault unexpected(ByteBuffer piece) {
    byte seen = header[headerCount];
    if (headerCount == Preamble.SIDE_AT && seen == writer.other().mark()) {
      return fault(
          FrameFault.Kind.OWN_PREAMBLE,
          "expected the preamble of %s, but this side's own came back".formatted(who()));
    }
    if (headerCount == Preamble.VERSION_AT) {
      return fault(
          FrameFault.Kind.OTHER_VERSION,
          "%s speaks version %d of the framing, but this side version %d"
              .formatted(who(), seen & 0xff, Preamble.VERSION));
    }
    int count = headerCount + 1;
    int more = Math.min(Preamble.SIZE - count, piece.remaining());
    byte[] bytes = Arrays.copyOf(header, count + more);
    piece.get(piece.position(), bytes, count, more);
    return fault(
        FrameFault.Kind.NO_PREAMBLE,
        "expected the preamble of %s, but the stream begins with %s"
            .formatted(who(), Octets.of(bytes).toDisplay()));
  }

  private FrameFault fault(FrameFault.Kind kind, String text) {
    return new FrameFault(kind, headerCount, text);
  }

  private String who() {
    return switch (writer) {
      case USER -> "a pool user";
      case ELEMENT -> "a pool element";
    };
  }

  private FrameStep frame(ByteBuffer piece) {
    while (headerCount < Frame.HEADER_SIZE) {
      if (!piece.hasRemaining()) {
        return FrameStep.More.MORE;
      }
      header[headerCount++] = piece.get();
      position++;
      if (headerCount == Frame.HEADER_SIZE) {
        FrameFault wrong = wrongHeader();
        if (wrong != null) {
          return wrong;
        }
        payload = new byte[Math.min(size, Math.max(piece.remaining(), FIRST_ROOM))];
      }
    }
    takePayload(piece);
    if (payloadCount < size) {
      return FrameStep.More.MORE;
    }
    Frame frame = new Frame(u32(4), payload);
    headerCount = 0;
    payload = NOTHING;
    payloadCount = 0;
    return frame;
  }

  private @Nullable FrameFault wrongHeader() {
    long length = u32(0);
    long protocol = u32(4);
    int sizeMax = Frame.sizeMax(protocol);
    if (length >= 1 && length <= sizeMax) {
      size = (int) length;
      return null;
    }
    return new FrameFault(
        length == 0 ? FrameFault.Kind.EMPTY : FrameFault.Kind.TOO_LONG,
        position - Frame.HEADER_SIZE,
        "a frame of protocol %d has 1 to %d bytes, but this one says %d"
            .formatted(protocol, sizeMax, length));
  }

  private void takePayload(ByteBuffer piece) {
    int count = Math.min(size - payloadCount, piece.remaining());
    int needed = payloadCount + count;
    if (needed > payload.length) {
      payload = Arrays.copyOf(payload, Math.min(size, Math.max(needed, 2 * payload.length)));
    }
    piece.get(payload, payloadCount, count);
    payloadCount = needed;
    position += count;
  }

  private long u32(int at) {
    return (header[at] & 0xffL) << 24
        | (header[at + 1] & 0xffL) << 16
        | (header[at + 2] & 0xffL) << 8
        | (header[at + 3] & 0xffL);
  }
}
