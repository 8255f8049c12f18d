package io.rserpool.bench.requests;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/// Makes the pool that everybody asks for, and keeps it alive: some elements over one association,
/// which answers keep-alives until it is closed.
public final class Seed implements AutoCloseable {

  private static final int HEADER_SIZE = 4;

  private final Socket socket;
  private final DataInputStream input;
  private final OutputStream output;

  /// Registers the elements.
  public Seed(ServerProcess registrar) throws IOException {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), registrar.port());
    plain.setTcpNoDelay(true);
    socket =
        registrar.tls().isOn()
            ? registrar.tls().caller(plain, "127.0.0.1", registrar.port())
            : plain;
    input = new DataInputStream(socket.getInputStream());
    output = socket.getOutputStream();
    for (int id = 1; id <= Exchange.POOL_SIZE; id++) {
      output.write(Exchange.registration(id, id));
      answer(Exchange.REGISTRATION.answerType());
    }
  }

  /// Asks once, and from then on answers keep-alives.
  ///
  /// @return what the registrar answers
  public byte[] ask(Exchange exchange) throws IOException {
    output.write(exchange.request(0, 0));
    byte[] answer = answer(exchange.answerType());
    Thread.ofPlatform().daemon().name("seed").start(this::answerKeepAlives);
    return answer;
  }

  private byte[] answer(int type) throws IOException {
    while (true) {
      byte[] message = read();
      if (message[0] == type) {
        return message;
      }
      acknowledge();
    }
  }

  private byte[] read() throws IOException {
    byte[] header = input.readNBytes(HEADER_SIZE);
    if (header.length < HEADER_SIZE) {
      throw new IOException("the registrar closed the association");
    }
    int size = (((header[2] & 0xff) << 8 | (header[3] & 0xff)) + 3) & ~3;
    byte[] message = Arrays.copyOf(header, size);
    input.readFully(message, HEADER_SIZE, size - HEADER_SIZE);
    return message;
  }

  private void answerKeepAlives() {
    try {
      while (true) {
        read();
        acknowledge();
      }
    } catch (IOException e) {
      // Closed, here or there: the measurement is over.
    }
  }

  /// A keep-alive names no element, so all of the association answer.
  private void acknowledge() throws IOException {
    for (int id = 1; id <= Exchange.POOL_SIZE; id++) {
      output.write(Exchange.keepAliveAck(id));
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
