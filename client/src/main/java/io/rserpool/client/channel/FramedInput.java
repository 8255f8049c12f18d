package io.rserpool.client.channel;

import io.rserpool.wire.session.Frame;
import io.rserpool.wire.session.FrameDecoder;
import io.rserpool.wire.session.FrameFault;
import io.rserpool.wire.session.FrameStep;
import io.rserpool.wire.session.Side;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// Reads messages from a connection with framing. For one thread at a time.
final class FramedInput {

  private static final int READ_SIZE = 16 * 1024;

  private final Line line;
  private final FrameDecoder decoder;
  private final Duration preambleLimit;
  private final long sinceNs = System.nanoTime();
  private final byte[] buffer = new byte[READ_SIZE];
  private ByteBuffer piece = ByteBuffer.allocate(0);
  private boolean hasStarted;
  private boolean hasEnded;

  /// @param peer who writes what is read here
  FramedInput(Line line, Side peer, Duration preambleLimit) {
    this.line = line;
    this.decoder = new FrameDecoder(peer);
    this.preambleLimit = preambleLimit;
  }

  /// Waits for the preamble.
  ///
  /// @return whether it is there; otherwise it did not come in time, or nothing came at all before
  ///     the
  ///     peer ended the connection
  boolean awaitStart(long limitNs) throws IOException {
    long startNs = System.nanoTime();
    while (!hasStarted) {
      switch (decoder.next(piece)) {
        case FrameStep.Start _ -> hasStarted = true;
        case FrameStep.More _ -> {
          long leftNs = Math.min(limitNs - (System.nanoTime() - startNs), preambleLeftNs());
          if (!reads(leftNs)) {
            return false;
          }
        }
        case FrameFault fault -> throw broken(fault);
        case Frame _ -> throw new IllegalStateException("a frame before the preamble");
      }
    }
    return true;
  }

  private long preambleLeftNs() {
    return preambleLimit.toNanos() - (System.nanoTime() - sinceNs);
  }

  /// The next message, control messages included, or why there is none.
  Incoming next(long limitNs) throws IOException {
    long startNs = System.nanoTime();
    if (!awaitStart(limitNs)) {
      if (!hasEnded && preambleLeftNs() <= 0) {
        throw new SocketTimeoutException(
            "%s did not say within %d ms that it speaks the framing of sessions: it speaks without it"
                .formatted(line, preambleLimit.toMillis()));
      }
      return hasEnded ? Incoming.End.END : Incoming.Silence.SILENCE;
    }
    while (true) {
      switch (decoder.next(piece)) {
        case Frame frame -> {
          return new UserMessage(frame.payload(), frame.payloadProtocolId());
        }
        case FrameStep.More _ -> {
          if (!reads(limitNs - (System.nanoTime() - startNs))) {
            return hasEnded ? Incoming.End.END : Incoming.Silence.SILENCE;
          }
        }
        case FrameFault fault -> throw broken(fault);
        case FrameStep.Start _ -> throw new IllegalStateException("a second preamble");
      }
    }
  }

  /// Whether there is a new piece; otherwise nothing came in time, or the stream has ended in
  /// order.
  private boolean reads(long limitNs) throws IOException {
    int count = line.read(buffer, limitNs);
    if (count < 0) {
      Optional<FrameFault> cut = decoder.end();
      if (cut.isPresent()) {
        throw new EOFException(line + ": " + cut.get().text());
      }
      hasEnded = true;
    } else if (!hasStarted && TlsProof.isAlert(buffer, count)) {
      throw new IOException(line + TlsProof.SPEAKS_TLS);
    }
    piece = ByteBuffer.wrap(buffer, 0, Math.max(0, count));
    return count > 0;
  }

  private IOException broken(FrameFault fault) {
    return new IOException("%s: %s".formatted(line, fault.text()));
  }

  /// Whether the peer has ended the stream in order.
  boolean hasEnded() {
    return hasEnded;
  }

  /// Reads and drops whatever comes before the end.
  void discard(long limitNs) throws IOException {
    long startNs = System.nanoTime();
    long leftNs = limitNs;
    while (leftNs > 0 && line.read(buffer, leftNs) > 0) {
      leftNs = limitNs - (System.nanoTime() - startNs);
    }
  }
}
