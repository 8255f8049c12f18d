package io.rserpool.client.channel;

import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.AsapTransport;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A port for users over TLS. Each shakes hands on a thread of its own, so that who does not, or takes
/// his time, keeps nobody else waiting.
final class TlsServicePort implements ServicePort {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.client");

  /// How long a handshake may take.
  private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(5);

  /// Handshakes at once; further users wait in the system's queue.
  private static final int HANDSHAKES_MAX = 1_024;

  /// What came of a connection.
  private sealed interface Arrival {}

  private record Let(Channel channel) implements Arrival {}

  private record Over(IOException reason) implements Arrival {}

  private final TcpServicePort plain;
  private final TlsOptions tls;
  private final Semaphore handshakes = new Semaphore(HANDSHAKES_MAX);
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

  TlsServicePort(TcpServicePort plain, TlsOptions tls) {
    this.plain = plain;
    this.tls = tls;
    Thread.ofPlatform()
        .daemon()
        .name("rserpool-accept-tls-" + plain.address().port())
        .start(this::run);
  }

  @Override
  public AsapTransport address() {
    return plain.address();
  }

  @Override
  public Channel accept() throws IOException {
    try {
      return switch (arrivals.take()) {
        case Let(Channel channel) -> channel;
        case Over over -> {
          // For the next one who asks as well.
          arrivals.add(over);
          throw new IOException(over.reason().getMessage(), over.reason());
        }
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a user", e);
    }
  }

  private void run() {
    try {
      while (true) {
        handshakes.acquireUninterruptibly();
        Socket user = plain.next();
        Thread.ofVirtual().name("rserpool-handshake").start(() -> shake(user));
      }
    } catch (IOException e) {
      arrivals.add(new Over(e));
    }
  }

  private void shake(Socket user) {
    try {
      TcpLine line = TcpLine.secured(user, tls.called(user), HANDSHAKE_LIMIT);
      arrivals.add(new Let(plain.channel(line)));
    } catch (IOException e) {
      LOG.debug("service at {}: a handshake failed: {}", address(), e.getMessage());
      TcpLine.closeQuietly(user);
    } finally {
      handshakes.release();
    }
  }

  @Override
  public void close() {
    plain.close();
  }
}
