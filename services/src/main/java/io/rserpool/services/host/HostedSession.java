package io.rserpool.services.host;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;

/// One accepted user. Knows since when a write has been waiting, so that the host can end it.
final class HostedSession implements ServiceSession {

  private static final long NOT_WRITING = Long.MIN_VALUE;

  private final Socket socket;
  private final SocketAddress peer;
  private final InputStream input;
  private final OutputStream output;
  private volatile long writingSinceNs = NOT_WRITING;

  HostedSession(Socket socket, Duration idleTimeout) throws IOException {
    this.socket = socket;
    this.peer = socket.getRemoteSocketAddress();
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    socket.setSoTimeout(Math.clamp(idleTimeout.toMillis(), 0, Integer.MAX_VALUE));
    input = socket.getInputStream();
    output = new TimedOutput(socket.getOutputStream());
  }

  private final class TimedOutput extends FilterOutputStream {

    TimedOutput(OutputStream socketOutput) {
      super(socketOutput);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      writingSinceNs = System.nanoTime();
      try {
        out.write(bytes, offset, length);
      } finally {
        writingSinceNs = NOT_WRITING;
      }
    }
  }

  /// Whether one write has been waiting for longer than that.
  boolean isStuck(long nowNs, long limitNs) {
    long since = writingSinceNs;
    return since != NOT_WRITING && nowNs - since > limitNs;
  }

  /// Ends the session in order.
  void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone either way.
    }
  }

  /// Breaks the session; the service notices at its next read or write.
  void abort() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // It is broken already.
    }
    close();
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public SocketAddress peer() {
    return peer;
  }

  @Override
  public boolean isEnding() {
    return socket.isClosed();
  }
}
