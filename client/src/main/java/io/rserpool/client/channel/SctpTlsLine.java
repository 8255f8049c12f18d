package io.rserpool.client.channel;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.net.tunnel.PlainAlert;
import io.rserpool.net.tunnel.TlsTunnel;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// TLS over one SCTP association: all that TLS says goes over stream 0 in both directions (RFC 3436
/// section 4.2), with the payload protocol identifier of ASAP.
///
/// Who reads and who writes meet in the tunnel for moments only. What it has for the peer waits in a queue
/// until the stack takes it, so that a peer that does not read never keeps its own words from being
/// heard.
final class SctpTlsLine implements Line {

  private static final int STREAM = 0;
  private static final long PAYLOAD_PROTOCOL = Channel.CONTROL_PAYLOAD_PROTOCOL;

  /// So much is enciphered at a time: it waits enciphered, too, until it has left.
  private static final int PIECE_BYTES_MAX = 64 * 1024;

  private final SctpAssociation association;

  /// Guards the tunnel and what has come out of it.
  private final ReentrantLock lock = new ReentrantLock();

  private final TunnelEnds ends = new TunnelEnds();
  private final TlsTunnel tunnel;

  /// Whether the peer has begun to speak TLS.
  private boolean hasBegun;

  private SctpTlsLine(SctpAssociation association, SSLEngine engine) {
    this.association = association;
    this.tunnel = new TlsTunnel(engine, ends);
    association.whenWritable(this::offerAll);
  }

  /// Shakes hands with a service that was called.
  ///
  /// @param port what was called
  /// @throws java.net.ConnectException if it does not prove that it is an element
  static SctpTlsLine call(SctpAssociation association, int port, TlsOptions tls, Duration limit)
      throws IOException {
    SSLEngine engine = tls.sessionCaller(association.host().toString(), port);
    SctpTlsLine line = new SctpTlsLine(association, engine);
    try {
      if (!line.shake(limit.toNanos())) {
        throw TlsProof.late(line);
      }
      TlsProof.requireElement(tls, line.identity());
      return line;
    } catch (InterruptedIOException e) {
      // Either of the two: it was interrupted, or nobody has answered in time.
      throw e;
    } catch (IOException e) {
      throw TlsProof.missing(line, String.valueOf(e.getMessage()));
    }
  }

  /// Shakes hands with a user who has called, and who may be nobody.
  static SctpTlsLine called(SctpAssociation association, TlsOptions tls, Duration limit)
      throws IOException {
    SctpTlsLine line = new SctpTlsLine(association, tls.sessionCalled());
    if (!line.shake(limit.toNanos())) {
      throw new SocketTimeoutException("no handshake within " + limit.toMillis() + " ms");
    }
    return line;
  }

  /// Whether the handshake is over in time.
  private boolean shake(long limitNs) throws IOException {
    long startNs = System.nanoTime();
    offerAll();
    while (!isShaken()) {
      if (!receives(limitNs - (System.nanoTime() - startNs))) {
        return false;
      }
    }
    return true;
  }

  private boolean isShaken() throws IOException {
    lock.lock();
    try {
      ends.requireUsable();
      return ends.isShaken();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read(byte[] buffer, long limitNs) throws IOException {
    long startNs = System.nanoTime();
    while (true) {
      int count = take(buffer);
      if (count != 0) {
        return count;
      }
      if (!receives(limitNs - (System.nanoTime() - startNs))) {
        return 0;
      }
    }
  }

  /// As [#read], without waiting.
  private int take(byte[] buffer) throws IOException {
    lock.lock();
    try {
      return ends.take(buffer);
    } finally {
      lock.unlock();
    }
  }

  /// Waits for one message of the association, and takes it in.
  ///
  /// @return whether one came in time
  private boolean receives(long limitNs) throws IOException {
    return switch (association.next(limitNs)) {
      case UserMessage message -> {
        requireCipher(message);
        lock.lock();
        try {
          tunnel.received(message.bytes());
        } finally {
          lock.unlock();
        }
        offerAll();
        yield true;
      }
      case Incoming.Silence _ -> false;
      case Incoming.End _ ->
          throw new EOFException("the association has ended, but TLS did not say so before");
      case Incoming.Control _ -> throw new IllegalStateException("a message that nobody has read");
    };
  }

  /// Who begins otherwise knows nothing of TLS, and is told as he would be over TCP.
  private void requireCipher(UserMessage message) throws SSLException {
    byte[] bytes = message.bytes();
    boolean isCipher =
        message.stream() == STREAM
            && message.payloadProtocolId() == PAYLOAD_PROTOCOL
            && (hasBegun || TlsProof.isHandshake(bytes) || TlsProof.isAlert(bytes, bytes.length));
    if (!isCipher) {
      var _ = association.offer(PlainAlert.unexpected(), PAYLOAD_PROTOCOL);
      throw new SSLException(
          "expected TLS, but what came is plain (%d bytes of payload protocol %d on stream %d)"
              .formatted(bytes.length, message.payloadProtocolId(), message.stream()));
    }
    hasBegun = true;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    for (int at = 0; at < bytes.length; at += PIECE_BYTES_MAX) {
      byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PIECE_BYTES_MAX));
      lock.lock();
      try {
        ends.requireUsable();
        tunnel.send(piece);
      } finally {
        lock.unlock();
      }
      sendAll();
    }
  }

  /// Does not wait: the end goes out when the stack takes it.
  @Override
  public void endOutput() {
    sayEnd();
    var _ = offerAll();
  }

  private void sayEnd() {
    lock.lock();
    try {
      tunnel.close();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the stack has taken all that there is for the peer.
  private void sendAll() throws IOException {
    while (true) {
      long seen = association.writables();
      if (offerAll()) {
        return;
      }
      association.awaitWritable(seen);
    }
  }

  /// Gives the stack what it takes.
  ///
  /// @return whether that was all
  private boolean offerAll() {
    lock.lock();
    try {
      return ends.offerTo(cipher -> association.offer(cipher, PAYLOAD_PROTOCOL));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public PeerIdentity identity() {
    lock.lock();
    try {
      return ends.peer();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    sayEnd();
    var _ = offerAll();
    association.close();
  }

  @Override
  public void abort() {
    association.abort("");
  }

  @Override
  public String toString() {
    return association.toString();
  }
}
