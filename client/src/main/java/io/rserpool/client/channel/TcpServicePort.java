package io.rserpool.client.channel;

import io.rserpool.engine.Endpoint;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportUse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/// A port for users over TCP: plain, or with the framing that has a control channel.
final class TcpServicePort implements ServicePort, Door {

  /// Users of an element that has just died come all at once.
  private static final int BACKLOG = 4_096;

  private final ServerSocket socket;
  private final AsapTransport.Tcp address;

  private TcpServicePort(ServerSocket socket, AsapTransport.Tcp address) {
    this.socket = socket;
    this.address = address;
  }

  static TcpServicePort open(TransportUse use, List<IpAddress> addresses, int port)
      throws IOException {
    if (addresses.size() != 1) {
      throw new IOException("a service over TCP has exactly one address, not " + addresses);
    }
    IpAddress host = addresses.getFirst();
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(host.toBytes()), port), BACKLOG);
      return new TcpServicePort(socket, new AsapTransport.Tcp(host, socket.getLocalPort(), use));
    } catch (IOException e) {
      TcpLine.closeQuietly(socket);
      throw new IOException(
          "cannot listen at "
              + Endpoint.of(Endpoint.Scheme.TCP, host.toString(), port)
              + ": "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public AsapTransport address() {
    return address;
  }

  @Override
  public Caller next() throws IOException {
    Socket user = socket.accept();
    IpAddress host = IpAddress.ofBytes(user.getInetAddress().getAddress());
    return new TcpCaller(user, host, address.use());
  }

  private static Channel channel(TcpLine line, TransportUse use) throws IOException {
    return switch (use) {
      case DATA_ONLY -> new TcpChannel(line, false);
      case DATA_PLUS_CONTROL -> FramedChannel.accepted(line, true);
    };
  }

  @Override
  public Channel accept() throws IOException {
    while (true) {
      Socket user = socket.accept();
      try {
        return channel(new TcpLine(user), address.use());
      } catch (IOException _) {
        // This user is gone already: the next one may stay.
        TcpLine.closeQuietly(user);
      }
    }
  }

  @Override
  public void close() {
    TcpLine.closeQuietly(socket);
  }

  /// A user whose connection is there.
  private record TcpCaller(Socket socket, IpAddress host, TransportUse use) implements Caller {

    @Override
    public Channel shake(TlsOptions tls, Duration limit) throws IOException {
      return channel(TcpLine.secured(socket, tls.called(socket), limit), use);
    }

    @Override
    public void close() {
      TcpLine.closeQuietly(socket);
    }

    @Override
    public void abort(String reason) {
      TcpLine.reset(socket);
    }
  }
}
