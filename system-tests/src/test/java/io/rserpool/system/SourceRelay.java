package io.rserpool.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/// Makes calls of a registrar come from another loopback address: an element registers only
/// addresses from which it calls.
final class SourceRelay implements AutoCloseable {

  private final ServerSocket port;
  private final InetSocketAddress registrar;
  private final InetAddress source;

  private SourceRelay(ServerSocket port, InetSocketAddress registrar, InetAddress source) {
    this.port = port;
    this.registrar = registrar;
    this.source = source;
  }

  static SourceRelay open(InetSocketAddress registrar, InetAddress source) {
    try {
      ServerSocket port = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
      SourceRelay relay = new SourceRelay(port, registrar, source);
      Thread.ofVirtual().start(relay::accept);
      return relay;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// The socket address of `tcp://host:port`.
  static InetSocketAddress socketAddress(String registrar) {
    URI uri = URI.create(registrar);
    return new InetSocketAddress(InetAddress.ofLiteral(uri.getHost()), uri.getPort());
  }

  String address() {
    return "tcp://127.0.0.1:" + port.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = port.accept();
        Socket onward = new Socket();
        onward.bind(new InetSocketAddress(source, 0));
        onward.connect(registrar);
        Thread.ofVirtual().start(() -> copy(client, onward));
        Thread.ofVirtual().start(() -> copy(onward, client));
      }
    } catch (IOException _) {
      // The test is over.
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException _) {
      // One of the two has gone.
    }
  }

  @Override
  public void close() {
    try {
      port.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
