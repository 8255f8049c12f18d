package io.rserpool.client;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// An echo server that can be killed, frozen and told to leave, with or without a registration.
final class TestServer implements AutoCloseable {

  private static final int BACKLOG = 2_000;

  private final ServerSocket listening;
  private final Set<Socket> users = ConcurrentHashMap.newKeySet();
  private volatile boolean isFrozen;
  private volatile boolean isKilled;

  TestServer() {
    try {
      listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("test-server").start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  PoolElement register(TestRegistrar registrar, PoolHandle handle, int elementId) {
    return PoolElement.register(
        registrar.scope(),
        Registration.builder(handle, port()).elementId(ElementId.of(elementId)).build());
  }

  private void accept() {
    try {
      while (true) {
        Socket user = listening.accept();
        users.add(user);
        if (isKilled) {
          reset(user);
        }
        Thread.ofVirtual().start(() -> echo(user));
      }
    } catch (IOException _) {
      // No longer listening.
    }
  }

  private void echo(Socket user) {
    byte[] buffer = new byte[4096];
    try {
      for (int n = user.getInputStream().read(buffer);
          n >= 0;
          n = user.getInputStream().read(buffer)) {
        if (!isFrozen) {
          user.getOutputStream().write(buffer, 0, n);
        }
      }
      user.close();
    } catch (IOException _) {
      // The user is gone.
    }
  }

  /// Goes on accepting, but answers nothing any more.
  void freeze() {
    isFrozen = true;
  }

  /// Accepts nobody any more; present users are served.
  void stopListening() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Breaks everything, as the death of a process does.
  void kill() {
    isKilled = true;
    stopListening();
    users.forEach(TestServer::reset);
  }

  private static void reset(Socket user) {
    try {
      user.setSoLinger(true, 0);
      user.close();
    } catch (IOException _) {
      // Broken already.
    }
  }

  @Override
  public void close() {
    kill();
  }
}
