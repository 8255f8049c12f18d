package io.rserpool.registrar;

import io.rserpool.engine.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Stands between a caller and a registrar: hears everything, and may change a byte of what the caller
/// says.
final class Eavesdropper implements AutoCloseable {

  private final ServerSocket door;
  private final Endpoint registrar;
  private final int changed;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  /// @param changed which byte of the caller's is changed, counted from the first; -1 for none
  Eavesdropper(Endpoint registrar, int changed) throws IOException {
    this.registrar = registrar;
    this.changed = changed;
    this.door = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::run);
  }

  Endpoint endpoint() {
    return Endpoint.of(Endpoint.Scheme.TLS, "127.0.0.1", door.getLocalPort());
  }

  /// All that the caller has said so far.
  synchronized byte[] heard() {
    return heard.toByteArray();
  }

  private void run() {
    try (Socket caller = door.accept();
        Socket called =
            new Socket(InetAddress.ofLiteral(registrar.hosts().getFirst()), registrar.port())) {
      Thread answers = Thread.ofVirtual().start(() -> copy(called, caller, (_, _) -> {}));
      copy(caller, called, this::hear);
      answers.join();
    } catch (IOException _) {
      // One of them has hung up.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// What is done with bytes on their way.
  private interface Ear {
    void hear(byte[] bytes, int count);
  }

  private synchronized void hear(byte[] bytes, int count) {
    int at = changed - heard.size();
    if (changed >= 0 && at >= 0 && at < count) {
      bytes[at] ^= 1;
    }
    heard.write(bytes, 0, count);
  }

  private static void copy(Socket from, Socket to, Ear ear) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[4_096];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        ear.hear(buffer, count);
        out.write(buffer, 0, count);
      }
      to.shutdownOutput();
    } catch (IOException _) {
      // One of them has hung up.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
