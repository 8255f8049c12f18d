package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/// A session as streams, for code that reads and writes such.
final class SessionStreams {

  private SessionStreams() {}

  static final class Input extends InputStream {
    private final SessionInput input;

    Input(SessionInput input) {
      this.input = input;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, target.length);
      return length == 0 ? 0 : input.receive(target, offset, length, Long.MAX_VALUE);
    }
  }

  static final class Output extends OutputStream {
    private final SessionOutput output;

    Output(SessionOutput output) {
      this.output = output;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      for (int sent = 0; sent < length; sent += Channel.MESSAGE_BYTES_MAX) {
        output.send(bytes, offset + sent, Math.min(length - sent, Channel.MESSAGE_BYTES_MAX));
      }
    }

    @Override
    public void flush() {
      output.flush();
    }

    @Override
    public void close() {
      output.end();
    }
  }
}
