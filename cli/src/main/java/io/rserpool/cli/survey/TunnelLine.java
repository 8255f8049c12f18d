package io.rserpool.cli.survey;

import io.rserpool.cli.reach.HandshakeException;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.net.tunnel.TlsTunnel;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.wire.MessageFramer;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import javax.net.ssl.SSLException;

/// An SCTP association with TLS on one pair of streams (RFC 3436), on which messages follow each other.
final class TunnelLine implements Line, TlsTunnel.Owner {
  private final SctpLine line;
  private final TlsOptions tls;
  private final TlsTunnel tunnel;
  private final Deque<byte[]> ciphers = new ArrayDeque<>();
  private byte[] said = new byte[0];
  private String failure = "";
  private boolean isShaken;
  private PeerIdentity peer = PeerIdentity.ANONYMOUS;

  private TunnelLine(SctpLine line, Endpoint registrar, TlsOptions tls) {
    this.line = line;
    this.tls = tls;
    this.tunnel = new TlsTunnel(tls.caller(registrar.hosts().getFirst(), registrar.port()), this);
  }

  static TunnelLine call(Endpoint registrar, Approach approach) throws IOException {
    long deadlineNs = System.nanoTime() + approach.limit().toNanos();
    SctpLine plain = SctpLine.call(registrar, approach.limit());
    try {
      TunnelLine line = new TunnelLine(plain, registrar, approach.tls());
      line.pass();
      while (!line.isShaken) {
        line.hear(Duration.ofNanos(deadlineNs - System.nanoTime()));
      }
      HandshakeException.requireRegistrar(approach.tls(), line.peer);
      return line;
    } catch (IOException e) {
      plain.close();
      throw HandshakeException.of(e, approach.limit());
    }
  }

  /// Waits for one message of the association.
  private void hear(Duration limit) throws IOException {
    tunnel.received(line.receive(limit));
    pass();
    if (!failure.isEmpty()) {
      throw new SSLException(failure);
    }
  }

  private void pass() throws IOException {
    for (byte[] next = ciphers.poll(); next != null; next = ciphers.poll()) {
      line.send(next);
    }
  }

  @Override
  public void send(byte[] message) throws IOException {
    tunnel.send(message);
    pass();
  }

  @Override
  public byte[] receive(Duration limit) throws IOException {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    while (true) {
      int size = MessageFramer.next(said, 0, said.length, MessageFramer.SIZE_MAX);
      if (size < 0) {
        throw new IOException("what came is not ENRP: its length cannot be that of a message");
      }
      if (size > MessageFramer.NEED_MORE) {
        byte[] message = Arrays.copyOf(said, size);
        said = Arrays.copyOfRange(said, size, said.length);
        return message;
      }
      try {
        hear(Duration.ofNanos(deadlineNs - System.nanoTime()));
      } catch (SSLException e) {
        // In TLS 1.3 the caller's certificate is looked at when the caller is already through.
        throw HandshakeException.of(e, limit);
      } catch (EOFException e) {
        throw HandshakeException.turnedAway(tls.credentials().identity(), e);
      }
    }
  }

  @Override
  public AsapTransport own() {
    return line.own();
  }

  @Override
  public void close() {
    line.close();
  }

  // What the tunnel tells.

  @Override
  public void cipher(byte[] bytes) {
    ciphers.addLast(bytes);
  }

  @Override
  public void secured(PeerIdentity whom) {
    peer = whom;
    isShaken = true;
  }

  @Override
  public void plain(byte[] bytes) {
    int size = said.length;
    said = Arrays.copyOf(said, size + bytes.length);
    System.arraycopy(bytes, 0, said, size, bytes.length);
  }

  @Override
  public void ended() {
    // SCTP ends in both directions at once, and tells.
  }

  @Override
  public void failed(String reason) {
    failure = reason;
  }
}
