package io.rserpool.bench.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/// What programs do without a pool: they know a list of servers, and try the next one when a connection
/// breaks.
final class ConnectList {

  private static final int SIZE = 100;
  private static final int CONNECT_TIMEOUT_MS = 1_000;
  private static final long PAUSE_MS = 2;

  private final List<Stage.Server> servers;
  private volatile long answeredNs;

  ConnectList(List<Stage.Server> servers) {
    this.servers = List.copyOf(servers);
  }

  /// Asks the first server until it fails, and then one of the others until it has answered.
  void askUntilMoved() {
    for (int i = 0; answeredNs == 0; i = (i + 1) % servers.size()) {
      askUntilFailed(servers.get(i), i > 0);
    }
  }

  private void askUntilFailed(Stage.Server server, boolean isOther) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_TIMEOUT_MS);
      socket.setTcpNoDelay(true);
      while (true) {
        socket.getOutputStream().write(new byte[SIZE]);
        if (socket.getInputStream().readNBytes(SIZE).length < SIZE) {
          return;
        }
        if (isOther) {
          answeredNs = System.nanoTime();
          return;
        }
        Thread.sleep(PAUSE_MS);
      }
    } catch (IOException _) {
      // The next one.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  long answeredNs() {
    return answeredNs;
  }
}
