package io.rserpool.client.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.net.tls.TestScope;
import io.rserpool.net.tls.TlsOptions;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How a connection with TLS ends.
@Timeout(60)
final class TcpLineTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  @TempDir Path directory;

  /// A connection of which the system takes no more bytes once it is full, until it is closed.
  private static final class FillingSocket extends Socket {
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean isFull;

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          if (isFull) {
            awaitClosed();
            throw new SocketException("closed by who waited");
          }
          out.write(bytes, offset, length);
        }
      };
    }

    private void awaitClosed() {
      boolean isInterrupted = false;
      while (closed.getCount() > 0) {
        try {
          closed.await();
        } catch (InterruptedException _) {
          isInterrupted = true;
        }
      }
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() throws IOException {
      closed.countDown();
      super.close();
    }
  }

  /// The two ends of a connection, secured.
  private record Ends(TcpLine user, TcpLine element, FillingSocket wire) {}

  private Ends connect() throws Exception {
    TestScope members = new TestScope(directory);
    TlsOptions ofUser = members.issue("user", "u1");
    TlsOptions ofElement = members.issue("element", "e1");
    try (ServerSocket door = new ServerSocket(0, 1, HERE)) {
      FillingSocket wire = new FillingSocket();
      wire.connect(door.getLocalSocketAddress());
      Socket there = door.accept();
      CompletableFuture<TcpLine> element = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> {
            try {
              element.complete(TcpLine.secured(there, ofElement.called(there), LIMIT));
            } catch (IOException e) {
              element.completeExceptionally(e);
            }
          });
      TcpLine user =
          TcpLine.secured(wire, ofUser.caller(wire, "127.0.0.1", door.getLocalPort()), LIMIT);
      return new Ends(user, element.join(), wire);
    }
  }

  @Test
  void thePeerIsToldOfAnEndInOrder() throws Exception {
    Ends ends = connect();
    ends.user().write(new byte[] {7});
    ends.user().close();
    byte[] buffer = new byte[10];
    assertThat(ends.element().read(buffer, LIMIT.toNanos())).isEqualTo(1);
    assertThat(ends.element().read(buffer, LIMIT.toNanos())).isEqualTo(-1);
    ends.element().close();
  }

  @Test
  void whoIsInterruptedTellsThePeerAllTheSame() throws Exception {
    Ends ends = connect();
    Thread.currentThread().interrupt();
    ends.user().close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ends.element().read(new byte[10], LIMIT.toNanos())).isEqualTo(-1);
    ends.element().close();
  }

  @Test
  void aPeerThatTakesNothingKeepsNobodyFromClosing() throws Exception {
    Ends ends = connect();
    ends.wire().isFull = true;
    ends.user().close();
    assertThat(ends.wire().isClosed()).isTrue();
    ends.element().abort();
  }
}
