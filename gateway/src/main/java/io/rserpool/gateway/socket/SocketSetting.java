package io.rserpool.gateway.socket;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOptions;

/// One option of a socket that was set, to be set on another one as well.
@FunctionalInterface
interface SocketSetting {

  void apply(Socket socket) throws IOException;

  /// Sets an option by its number, as [java.net.SocketImpl] knows it.
  static void set(Socket socket, int option, Object value) throws SocketException {
    switch (option) {
      case SocketOptions.TCP_NODELAY -> socket.setTcpNoDelay((Boolean) value);
      case SocketOptions.SO_TIMEOUT -> socket.setSoTimeout((Integer) value);
      case SocketOptions.SO_KEEPALIVE -> socket.setKeepAlive((Boolean) value);
      case SocketOptions.SO_OOBINLINE -> socket.setOOBInline((Boolean) value);
      case SocketOptions.SO_REUSEADDR -> socket.setReuseAddress((Boolean) value);
      case SocketOptions.SO_SNDBUF -> socket.setSendBufferSize((Integer) value);
      case SocketOptions.SO_RCVBUF -> socket.setReceiveBufferSize((Integer) value);
      case SocketOptions.IP_TOS -> socket.setTrafficClass((Integer) value);
      case SocketOptions.SO_LINGER -> {
        if (value instanceof Integer seconds) {
          socket.setSoLinger(true, seconds);
        } else {
          socket.setSoLinger(false, 0);
        }
      }
      default -> throw new SocketException("a socket of a pool has no option " + option);
    }
  }

  /// The value of an option by its number.
  static Object get(Socket socket, int option) throws SocketException {
    return switch (option) {
      case SocketOptions.TCP_NODELAY -> socket.getTcpNoDelay();
      case SocketOptions.SO_TIMEOUT -> socket.getSoTimeout();
      case SocketOptions.SO_KEEPALIVE -> socket.getKeepAlive();
      case SocketOptions.SO_OOBINLINE -> socket.getOOBInline();
      case SocketOptions.SO_REUSEADDR -> socket.getReuseAddress();
      case SocketOptions.SO_SNDBUF -> socket.getSendBufferSize();
      case SocketOptions.SO_RCVBUF -> socket.getReceiveBufferSize();
      case SocketOptions.IP_TOS -> socket.getTrafficClass();
      case SocketOptions.SO_BINDADDR -> socket.getLocalAddress();
      case SocketOptions.SO_LINGER -> {
        int seconds = socket.getSoLinger();
        Object value = seconds;
        yield seconds < 0 ? false : value;
      }
      default -> throw new SocketException("a socket of a pool has no option " + option);
    };
  }
}
