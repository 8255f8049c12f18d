package io.rserpool.net;

import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.WireForm;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// The other end, as a plain blocking socket that can misbehave.
final class Peer implements AutoCloseable {

  private final Socket socket;
  private final Socket wire;

  private Peer(Socket socket) throws IOException {
    this(socket, socket);
  }

  private Peer(Socket socket, Socket wire) throws IOException {
    this.socket = socket;
    this.wire = wire;
    socket.setSoTimeout((int) (RecordingEngine.PATIENCE_S * 1_000));
    socket.setTcpNoDelay(true);
  }

  /// Connects to a node.
  static Peer connect(Endpoint endpoint) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(endpoint.hosts().getFirst(), endpoint.port()));
    return new Peer(socket);
  }

  /// Connects to a node from one of the addresses that the own machine has.
  static Peer connectFrom(String address, Endpoint endpoint) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(address, 0));
    socket.connect(new InetSocketAddress(endpoint.hosts().getFirst(), endpoint.port()));
    return new Peer(socket);
  }

  /// Connects to a node and shakes hands with it.
  static Peer connect(Endpoint endpoint, SSLContext context, String... protocols)
      throws IOException {
    String host = endpoint.hosts().getFirst();
    Socket plain = new Socket(host, endpoint.port());
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, host, endpoint.port(), true);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    try {
      socket.startHandshake();
    } catch (IOException e) {
      plain.close();
      throw e;
    }
    return new Peer(socket, plain);
  }

  /// Takes over an accepted socket.
  static Peer of(Socket socket) throws IOException {
    return new Peer(socket);
  }

  /// A message with so many bytes of content.
  static byte[] message(int contentSize) {
    byte[] content = new byte[contentSize];
    for (int i = 0; i < contentSize; i++) {
      content[i] = (byte) i;
    }
    return new AsapCodec(WireForm.STANDARD).encode(new AsapCookie(Octets.of(content)));
  }

  void write(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /// Reads exactly so many bytes, or fewer if the stream ends before.
  byte[] read(int size) throws IOException {
    return socket.getInputStream().readNBytes(size);
  }

  /// Sends a message and reads it back.
  boolean isServed() throws IOException {
    byte[] message = message(5);
    write(message);
    return java.util.Arrays.equals(read(message.length), message);
  }

  /// Reads until the node ends the connection; whether it was broken rather than closed does not
  /// matter.
  long readToEnd() throws IOException {
    InputStream in = socket.getInputStream();
    long size = 0;
    try {
      for (int read = in.read(new byte[8_192]); read >= 0; read = in.read(new byte[8_192])) {
        size += read;
      }
    } catch (SocketException _) {
      return size;
    }
    return size;
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /// Breaks the connection.
  void reset() throws IOException {
    wire.setSoLinger(true, 0);
    wire.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
