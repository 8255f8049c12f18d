package io.rserpool.gateway.listen;

import io.rserpool.gateway.call.ElementConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;

/// One caller and one element, whose bytes go both ways at once. The end of one way is told to the
/// other side, and the other way goes on; a break ends both with a reset, so that nobody takes half
/// an answer for a whole one.
final class Forwarding {

  private static final int BUFFER_SIZE = 16 * 1024;

  private final Socket client;
  private final ElementConnection element;
  private final Tally tally;
  private final AtomicBoolean isBroken = new AtomicBoolean();

  Forwarding(Socket client, ElementConnection element, Tally tally) {
    this.client = client;
    this.element = element;
    this.tally = tally;
  }

  /// Forwards until both ways have ended, or one has broken.
  ///
  /// @return whether it ended in order
  boolean run() throws InterruptedException {
    Thread back = Thread.ofVirtual().name("rserpool-gateway-back").start(this::fromElement);
    toElement();
    back.join();
    return !isBroken.get();
  }

  private void toElement() {
    try {
      InputStream from = client.getInputStream();
      OutputStream to = element.socket().getOutputStream();
      byte[] buffer = new byte[BUFFER_SIZE];
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        try {
          to.write(buffer, 0, count);
        } catch (IOException e) {
          throw element.explain(e);
        }
        tally.bytesToElements.add(count);
      }
      element.socket().shutdownOutput();
    } catch (IOException _) {
      abort();
    }
  }

  private void fromElement() {
    try {
      InputStream from = element.socket().getInputStream();
      OutputStream to = client.getOutputStream();
      byte[] buffer = new byte[BUFFER_SIZE];
      for (int count = read(from, buffer); count >= 0; count = read(from, buffer)) {
        to.write(buffer, 0, count);
        tally.bytesFromElements.add(count);
      }
      client.shutdownOutput();
    } catch (IOException _) {
      abort();
    }
  }

  private int read(InputStream from, byte[] buffer) throws IOException {
    try {
      int count = from.read(buffer);
      element.heard();
      return count;
    } catch (IOException e) {
      throw element.explain(e);
    }
  }

  /// Ends both at once, from any thread.
  void abort() {
    isBroken.set(true);
    element.abort();
    PoolListener.abort(client);
  }
}
