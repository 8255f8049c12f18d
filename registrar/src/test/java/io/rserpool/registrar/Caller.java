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
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// Whoever has called a registrar, and says whatever he likes.
final class Caller implements AutoCloseable {

  /// Where legitimate callers come from.
  static final String HERE = "127.0.0.1";

  private static final int PATIENCE_MS = 20_000;
  private static final AsapCodec ASAP = new AsapCodec(WireForm.STANDARD);
  private static final EnrpCodec ENRP = new EnrpCodec(WireForm.STANDARD);

  private final Socket plain;
  private final Socket socket;

  private Caller(Socket plain, Socket socket) {
    this.plain = plain;
    this.socket = socket;
  }

  static Caller call(Endpoint endpoint, TlsOptions as) {
    return call(endpoint, as, HERE);
  }

  /// @param from the address of the caller
  static Caller call(Endpoint endpoint, TlsOptions as, String from) {
    String host = endpoint.hosts().getFirst();
    return plain(endpoint, from)
        .securedBy(plain -> as.isOn() ? as.caller(plain, host, endpoint.port()) : plain);
  }

  /// Calls without a certificate.
  static Caller call(Endpoint endpoint, SSLContext believing, String from) {
    String host = endpoint.hosts().getFirst();
    return plain(endpoint, from)
        .securedBy(plain -> {
          SSLSocket socket =
              (SSLSocket)
                  believing.getSocketFactory().createSocket(plain, host, endpoint.port(), true);
          SSLParameters parameters = socket.getSSLParameters();
          TlsOptions.prepare(parameters);
          socket.setSSLParameters(parameters);
          return socket;
        });
  }

  private static Caller plain(Endpoint endpoint, String from) {
    try {
      Socket plain =
          new Socket(
              InetAddress.ofLiteral(endpoint.hosts().getFirst()),
              endpoint.port(),
              InetAddress.ofLiteral(from),
              0);
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(PATIENCE_MS);
      return new Caller(plain, plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is laid over a connection.
  private interface Layer {
    Socket over(Socket plain) throws IOException;
  }

  private Caller securedBy(Layer layer) {
    try {
      Socket secured = layer.over(socket);
      if (secured instanceof SSLSocket tls) {
        tls.startHandshake();
      }
      return new Caller(plain, secured);
    } catch (IOException e) {
      try {
        socket.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw new UncheckedIOException(e);
    }
  }

  void say(AsapMessage message) throws IOException {
    say(ASAP.encode(message));
  }

  void say(EnrpMessage message) throws IOException {
    say(ENRP.encode(message));
  }

  /// Says anything, in a record of its own.
  void say(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /// Says anything where the records of TLS should be.
  void sayBelowTls(byte[] bytes) throws IOException {
    plain.getOutputStream().write(bytes);
  }

  /// Says so many messages as fast as it can, while others may listen; ends early if it is hung up on.
  Thread flood(int count, IntFunction<AsapMessage> messages) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            for (int i = 0; i < count; i++) {
              say(messages.apply(i));
            }
          } catch (IOException _) {
            // Hung up on.
          }
        });
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

  /// All messages of that kind until the registrar hangs up.
  <M extends AsapMessage> List<M> hearAll(Class<M> kind) throws IOException {
    List<M> all = new ArrayList<>();
    try {
      while (true) {
        all.add(hear(kind));
      }
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException _) {
      return all;
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
