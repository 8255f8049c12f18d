package io.rserpool.client.channel;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tunnel.TlsTunnel;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/// What has come out of a tunnel at its two ends, and nobody has taken yet: ciphers for the peer, and what
/// the peer has said. For one thread at a time.
final class TunnelEnds implements TlsTunnel.Owner {

  private final Deque<byte[]> ciphers = new ArrayDeque<>();
  private final Deque<ByteBuffer> said = new ArrayDeque<>();
  private PeerIdentity peer = PeerIdentity.ANONYMOUS;
  private boolean isShaken;
  private boolean hasEnded;
  private String failure = "";

  TunnelEnds() {}

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
    if (bytes.length > 0) {
      said.addLast(ByteBuffer.wrap(bytes));
    }
  }

  @Override
  public void ended() {
    hasEnded = true;
  }

  @Override
  public void failed(String reason) {
    failure = reason;
  }

  boolean isShaken() {
    return isShaken;
  }

  /// Who the peer is, once [#isShaken].
  PeerIdentity peer() {
    return peer;
  }

  /// @throws SSLException if nothing can be said any more
  void requireUsable() throws SSLException {
    if (!failure.isEmpty()) {
      throw new SSLException(failure);
    }
  }

  /// Takes what the peer has said.
  ///
  /// @return how many bytes; 0 if it has said nothing new, -1 if it says no more
  /// @throws SSLException if what came next was not said by the peer
  int take(byte[] buffer) throws SSLException {
    ByteBuffer next = said.peekFirst();
    if (next == null) {
      requireUsable();
      return hasEnded ? -1 : 0;
    }
    int count = Math.min(buffer.length, next.remaining());
    next.get(buffer, 0, count);
    if (!next.hasRemaining()) {
      said.removeFirst();
    }
    return count;
  }

  /// Gives ciphers away, in order, as long as they are taken.
  ///
  /// @return whether there are no more
  boolean offerTo(Predicate<byte[]> taker) {
    while (!ciphers.isEmpty()) {
      if (!taker.test(ciphers.getFirst())) {
        return false;
      }
      ciphers.removeFirst();
    }
    return true;
  }
}
