package io.rserpool.gateway.call;

import java.io.IOException;
import java.net.Socket;

/// Makes the sockets for calls: one for each element that is tried.
@FunctionalInterface
public interface SocketSource {

  /// A socket that is not connected, with whatever options it should have.
  Socket next() throws IOException;

  /// Whether nobody wants the connection any more.
  default boolean isOver() {
    return false;
  }

  /// Plain sockets that send at once.
  static SocketSource plain() {
    return () -> {
      Socket socket = new Socket();
      socket.setTcpNoDelay(true);
      return socket;
    };
  }
}
