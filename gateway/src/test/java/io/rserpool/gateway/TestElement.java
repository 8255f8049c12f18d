package io.rserpool.gateway;

import io.rserpool.client.PoolElement;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportUse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A server in this process that is an element of a pool. It first sends its number, one byte, then
/// whatever it gets, and at the end of that its own end.
public final class TestElement implements AutoCloseable {

  private final ServerSocket port;
  private final PoolElement element;
  private final byte number;
  private final Queue<Socket> users = new ConcurrentLinkedQueue<>();

  private TestElement(ServerSocket port, PoolElement element, byte number) {
    this.port = port;
    this.element = element;
    this.number = number;
  }

  public static TestElement start(Scope scope, PoolHandle handle, int number) {
    return start(scope, handle, number, "127.0.0.1", 0, TransportUse.DATA_ONLY);
  }

  /// At a loopback address and a port.
  public static TestElement start(
      Scope scope, PoolHandle handle, int number, String host, int port, TransportUse use) {
    try {
      InetAddress address = InetAddress.ofLiteral(host);
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
      AsapTransport transport =
          new AsapTransport.Tcp(
              IpAddress.ofBytes(address.getAddress()), socket.getLocalPort(), use);
      PoolElement element =
          PoolElement.register(
              scope,
              Registration.builder(handle, transport).elementId(new ElementId(number)).build());
      TestElement started = new TestElement(socket, element, (byte) number);
      Thread.ofVirtual().start(started::accept);
      return started;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket user = port.accept();
        users.add(user);
        Thread.ofVirtual().start(() -> serve(user));
      }
    } catch (IOException _) {
      // Nobody is let in any more.
    }
  }

  private void serve(Socket user) {
    try (user) {
      InputStream in = user.getInputStream();
      OutputStream out = user.getOutputStream();
      out.write(number);
      in.transferTo(out);
      user.shutdownOutput();
    } catch (IOException _) {
      // The user or the test has ended it.
    }
  }

  public ElementId id() {
    return element.elementId();
  }

  public int port() {
    return port.getLocalPort();
  }

  /// Breaks all connections off, and refuses new ones, without a word to the registrar.
  public void crash() {
    stopAccepting();
    for (Socket user : users) {
      try {
        user.setSoLinger(true, 0);
        user.close();
      } catch (IOException _) {
        // It has ended already.
      }
    }
  }

  /// Refuses new connections; those that are there go on.
  public void stopAccepting() {
    try {
      port.close();
      // A moment after the close the system may still let somebody in.
      while (isAccepting()) {
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private boolean isAccepting() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(port.getInetAddress(), port.getLocalPort()));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// Leaves the pool and goes on serving.
  public void leave() {
    element.leave();
  }

  @Override
  public void close() {
    crash();
    element.close();
  }
}
