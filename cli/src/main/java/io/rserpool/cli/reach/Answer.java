package io.rserpool.cli.reach;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.MessageFramer;
import io.rserpool.wire.WireForm;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/// A registrar has answered.
///
/// @param took from the call to the answer
/// @param identity who it is, as its certificate says; nobody without TLS
public record Answer(Duration took, PeerIdentity identity) {
  private static final PoolHandle NOBODYS_POOL = PoolHandle.of("rserpool-doctor");

  /// Asks a registrar for a pool that nobody has.
  ///
  /// @param registrar where it is, over TCP
  /// @param tls whether and how the connection is secured
  /// @param limit how long the call may take, and as long again the answer
  /// @return that it has answered
  /// @throws IOException whose message says what happened, in words for people
  public static Answer of(Endpoint registrar, Profile profile, TlsOptions tls, Duration limit)
      throws IOException {
    AsapCodec codec = new AsapCodec(WireForm.of(profile));
    long beginNs = System.nanoTime();
    try (Reached reached = Reached.call(registrar, tls, limit)) {
      reached.socket().setSoTimeout(Math.toIntExact(limit.toMillis()));
      try {
        byte[] question = codec.encode(new AsapHandleResolution(NOBODYS_POOL, false, 1));
        reached.socket().getOutputStream().write(question);
        AsapMessage answer = read(reached.socket().getInputStream(), codec);
        if (!(answer instanceof AsapHandleResolutionResponse)) {
          throw new IOException("it answered with " + answer.type());
        }
        return new Answer(Duration.ofNanos(System.nanoTime() - beginNs), reached.identity());
      } catch (SSLException e) {
        // In TLS 1.3 the caller's certificate is looked at when the caller is already through.
        throw HandshakeException.of(e, limit);
      } catch (SocketTimeoutException e) {
        throw new IOException("it did not answer within " + limit.toSeconds() + " s", e);
      } catch (SocketException e) {
        throw new IOException("it broke the connection (" + e.getMessage() + ")", e);
      }
    }
  }

  private static AsapMessage read(InputStream in, AsapCodec codec) throws IOException {
    byte[] buffer = new byte[MessageFramer.SIZE_MAX];
    int filled = 0;
    int size = MessageFramer.NEED_MORE;
    while (size == MessageFramer.NEED_MORE) {
      int count = in.read(buffer, filled, buffer.length - filled);
      if (count < 0) {
        throw new EOFException("it ended the connection");
      }
      filled += count;
      size = MessageFramer.next(buffer, 0, filled, MessageFramer.SIZE_MAX);
    }
    if (size > 0 && codec.decode(buffer, 0, size) instanceof Decoded.Message<AsapMessage> message) {
      return message.message();
    }
    throw new IOException("what answers there is no registrar");
  }
}
