package io.rserpool.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/// Makes calls of a registrar come from another loopback address: an element registers only
/// addresses from which it calls. Tests of other modules use it as well.
public final class SourceRelay implements AutoCloseable {

  private final ServerSocket port;
  private final InetSocketAddress registrar;
  private final InetAddress source;

  private SourceRelay(ServerSocket port, InetSocketAddress registrar, InetAddress source) {
    this.port = port;
    this.registrar = registrar;
    this.source = source;
  }

  /// @param registrar `tcp://host:port`, the host by its address
  /// @param source where the calls are to come from
  public static SourceRelay open(String registrar, InetAddress source) {
    URI uri = URI.create(registrar);
    InetSocketAddress onward =
        new InetSocketAddress(InetAddress.ofLiteral(uri.getHost()), uri.getPort());
    try {
      ServerSocket port = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
      SourceRelay relay = new SourceRelay(port, onward, source);
      Thread.ofVirtual().start(relay::accept);
      return relay;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Where to call instead of the registrar.
  public String address() {
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
