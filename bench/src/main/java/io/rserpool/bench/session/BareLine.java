package io.rserpool.bench.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/// A socket as it comes.
final class BareLine implements Line {

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  BareLine(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  @Override
  public void send(byte[] message) throws IOException {
    out.write(message);
  }

  @Override
  public int receive(byte[] buffer) throws IOException {
    return in.read(buffer);
  }

  @Override
  public void end() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
