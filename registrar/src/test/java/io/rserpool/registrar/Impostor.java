package io.rserpool.registrar;

import io.rserpool.engine.Endpoint;
import io.rserpool.net.tls.TlsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;

/// Whoever listens where a registrar should be, and is none. Goes through with the handshake, as far as
/// he is let, and answers everything with nonsense.
final class Impostor implements AutoCloseable {

  private final ServerSocket door;
  private final TlsOptions as;
  private final Supplier<List<byte[]>> answers;
  private final AtomicInteger calls = new AtomicInteger();

  Impostor(TlsOptions as) {
    this(as, () -> List.of(new byte[64]));
  }

  /// @param answers what he says to whatever he is told, record by record
  Impostor(TlsOptions as, Supplier<List<byte[]>> answers) {
    this.as = as;
    this.answers = answers;
    try {
      door = new ServerSocket(0, 1_000, InetAddress.ofLiteral(Caller.HERE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::run);
  }

  int port() {
    return door.getLocalPort();
  }

  Endpoint endpoint() {
    return Endpoint.of(Endpoint.Scheme.TLS, Caller.HERE, port());
  }

  /// How often he was called.
  int calls() {
    return calls.get();
  }

  private void run() {
    try {
      while (true) {
        Socket caller = door.accept();
        calls.incrementAndGet();
        Thread.ofVirtual().start(() -> answer(caller));
      }
    } catch (IOException _) {
      // The end of the test.
    }
  }

  private void answer(Socket caller) {
    try (caller;
        SSLSocket secured = as.called(caller)) {
      secured.startHandshake();
      do {
        for (byte[] record : answers.get()) {
          secured.getOutputStream().write(record);
        }
      } while (secured.getInputStream().read(new byte[1_024]) >= 0);
    } catch (IOException _) {
      // He was seen through.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
