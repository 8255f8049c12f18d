package io.rserpool.client.channel;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.wire.session.Preamble;
import io.rserpool.wire.session.Side;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/// A channel over TCP, data only: the service's bytes and nothing else.
final class TcpChannel implements Channel {

  private static final int READ_SIZE = 16 * 1024;

  private final TcpLine line;
  private final byte[] buffer = new byte[READ_SIZE];

  /// Whether a service's first bytes are still to come.
  private boolean expectsService;

  /// @param expectsService whether a service was called, which might speak the framing unexpectedly
  TcpChannel(TcpLine line, boolean expectsService) {
    this.line = line;
    this.expectsService = expectsService;
  }

  static TcpChannel open(TransportAddress address, Duration timeout, TlsOptions tls)
      throws IOException {
    return new TcpChannel(TcpLine.call(address, timeout, tls), true);
  }

  @Override
  public boolean keepsMessages() {
    return false;
  }

  @Override
  public boolean hasControl() {
    return false;
  }

  @Override
  public Incoming receive(Duration limit) throws IOException {
    int count = line.read(buffer, limit.toNanos());
    if (count == 0) {
      return Incoming.Silence.SILENCE;
    }
    if (expectsService && Preamble.begins(buffer, count, Side.ELEMENT)) {
      throw new IOException(
          line
              + " speaks TCP with a control channel, but it is known for data only: it is registered"
              + " wrongly, or the scope has profile rfc, which knows no control channel over TCP");
    }
    if (expectsService && TlsProof.isAlert(buffer, count)) {
      throw new IOException(line + TlsProof.SPEAKS_TLS);
    }
    expectsService = false;
    return count < 0 ? Incoming.End.END : new UserMessage(Arrays.copyOf(buffer, count), 0);
  }

  @Override
  public void send(UserMessage message) throws IOException {
    line.write(message.bytes());
  }

  @Override
  public void sendControl(AsapMessage message) {
    throw new IllegalStateException(
        "expected a transport with a control channel, but " + line + " is reached by plain TCP");
  }

  @Override
  public void endOutput() throws IOException {
    line.endOutput();
  }

  @Override
  public PeerIdentity identity() {
    return line.identity();
  }

  @Override
  public String peer() {
    return line.toString();
  }

  @Override
  public void close() {
    line.close();
  }

  @Override
  public void abort() {
    line.abort();
  }

  @Override
  public String toString() {
    return peer();
  }
}
