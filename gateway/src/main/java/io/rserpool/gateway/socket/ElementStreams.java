package io.rserpool.gateway.socket;

import io.rserpool.gateway.call.ElementConnection;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// The streams of a connection with an element: what they throw says what became of the element.
final class ElementStreams {

  private ElementStreams() {}

  /// Bytes from the element.
  static final class Input extends FilterInputStream {
    private final ElementConnection connection;

    Input(InputStream plain, ElementConnection connection) {
      super(plain);
      this.connection = connection;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        int count = in.read(bytes, from, length);
        connection.heard();
        return count;
      } catch (IOException e) {
        throw connection.explain(e);
      }
    }
  }

  /// Bytes to the element.
  static final class Output extends FilterOutputStream {
    private final ElementConnection connection;

    Output(OutputStream plain, ElementConnection connection) {
      super(plain);
      this.connection = connection;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        throw connection.explain(e);
      }
    }
  }
}
