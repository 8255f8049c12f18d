package io.rserpool.client;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/// A session as streams, for code that reads and writes such.
final class SessionStreams {

  private SessionStreams() {}

  static final class Input extends InputStream {
    private final Traffic traffic;

    Input(Traffic traffic) {
      this.traffic = traffic;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, target.length);
      return length == 0 ? 0 : traffic.receive(target, offset, length, Long.MAX_VALUE);
    }
  }

  static final class Output extends OutputStream {
    private final Traffic traffic;

    Output(Traffic traffic) {
      this.traffic = traffic;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      traffic.send(bytes, offset, length);
    }

    @Override
    public void flush() {
      traffic.flush();
    }

    @Override
    public void close() {
      traffic.endOutput();
    }
  }
}
