package io.rserpool.registrar;

import io.rserpool.engine.Endpoint;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.MessageFramer;
import io.rserpool.wire.WireForm;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;

/// Whoever has called a registrar, and says whatever he likes.
final class Caller implements AutoCloseable {

  private static final int PATIENCE_MS = 20_000;
  private static final AsapCodec ASAP = new AsapCodec(WireForm.STANDARD);
  private static final EnrpCodec ENRP = new EnrpCodec(WireForm.STANDARD);

  private final Socket socket;

  private Caller(Socket socket) {
    this.socket = socket;
  }

  static Caller call(Endpoint endpoint, TlsOptions as) {
    String host = endpoint.hosts().getFirst();
    try {
      Socket plain = new Socket(InetAddress.ofLiteral(host), endpoint.port());
      plain.setSoTimeout(PATIENCE_MS);
      if (!as.isOn()) {
        return new Caller(plain);
      }
      SSLSocket socket = as.caller(plain, host, endpoint.port());
      socket.startHandshake();
      return new Caller(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void say(AsapMessage message) throws IOException {
    socket.getOutputStream().write(ASAP.encode(message));
  }

  void say(EnrpMessage message) throws IOException {
    socket.getOutputStream().write(ENRP.encode(message));
  }

  /// The next message of that kind; others before it are passed over.
  ///
  /// @throws IOException if the registrar has hung up
  <M extends AsapMessage> M hear(Class<M> kind) throws IOException {
    while (true) {
      byte[] header = read(4);
      int size = MessageFramer.sizeOf(header, 0, MessageFramer.SIZE_MAX);
      byte[] message = Arrays.copyOf(header, size);
      System.arraycopy(read(size - 4), 0, message, 4, size - 4);
      if (ASAP.decode(message, 0, size) instanceof Decoded.Message<AsapMessage> decoded
          && kind.isInstance(decoded.message())) {
        return kind.cast(decoded.message());
      }
    }
  }

  private byte[] read(int size) throws IOException {
    byte[] bytes = socket.getInputStream().readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("hung up");
    }
    return bytes;
  }

  /// Waits until the registrar hangs up, whatever it says before.
  void awaitEnd() throws IOException {
    try {
      while (socket.getInputStream().read(new byte[1_024]) >= 0) {
        // Whatever it is.
      }
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException _) {
      // Broken rather than ended.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
