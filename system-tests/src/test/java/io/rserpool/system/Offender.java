package io.rserpool.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/// A connection that does what it should not.
final class Offender implements AutoCloseable {
  private final Socket socket;

  private Offender(Socket socket) {
    this.socket = socket;
  }

  static Offender connect(int port) throws IOException {
    Socket socket = new Socket();
    // Small buffers, so that a peer which does not read is noticed soon.
    socket.setReceiveBufferSize(4 * 1024);
    socket.setSoTimeout(Math.toIntExact(CliProcess.LIMIT.toMillis()));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new Offender(socket);
  }

  void send(byte... bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /// Says that nothing more will come.
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /// Reads until the other side has ended the connection, in order or not.
  ///
  /// @return how many bytes came before
  /// @throws AssertionError if it does not
  long awaitCutOff() {
    long received = 0;
    byte[] buffer = new byte[16 * 1024];
    try {
      InputStream in = socket.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        received += count;
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the offender is not cut off", e);
    } catch (IOException _) {
      // Broken rather than ended: it is cut off all the same.
    }
    return received;
  }

  /// Sends for as long as it is taken, and reads nothing.
  ///
  /// @throws AssertionError if it is taken without end
  void sendUntilCutOff(byte[] bytes) {
    long deadlineNs = System.nanoTime() + CliProcess.LIMIT.toNanos();
    Thread breaker = Thread.ofVirtual().start(() -> closeAt(deadlineNs));
    try {
      while (true) {
        send(bytes);
      }
    } catch (IOException cutOff) {
      if (System.nanoTime() - deadlineNs >= 0) {
        throw new AssertionError("the offender is not cut off", cutOff);
      }
    } finally {
      breaker.interrupt();
    }
  }

  private void closeAt(long deadlineNs) {
    java.util.concurrent.locks.LockSupport.parkNanos(deadlineNs - System.nanoTime());
    if (System.nanoTime() - deadlineNs >= 0) {
      close();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone either way.
    }
  }
}
