package io.rserpool.gateway.socket;

import io.rserpool.protocol.ElementId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;

/// A socket that reaches an element of a pool if it is connected to the name of one. The port that
/// is asked for says nothing then: each element has a port of its own.
///
/// It is a plain byte stream to one element. When that one fails, reads and writes throw, also
/// those that wait for a server that is frozen; whoever connects anew gets another element. Reads
/// and writes never move to another element by themselves: what the old one has done nobody can
/// know.
public final class PoolSocket extends Socket {

  private final PoolSocketCore core;

  PoolSocket(PoolSocketCore core) throws SocketException {
    super(core);
    this.core = core;
  }

  /// An address whose host is not looked up, since the name is all that counts for a pool.
  static InetSocketAddress named(String host, int port) {
    return InetSocketAddress.createUnresolved(host, port);
  }

  /// Connects to an element of the pool that the host name names, or to the host.
  ///
  /// @param timeout milliseconds for everything together, or 0 for 30 seconds
  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    if (endpoint instanceof InetSocketAddress address) {
      core.aim(address.getHostString());
      super.connect(withAddress(address), timeout);
    } else {
      super.connect(endpoint, timeout);
    }
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  /// A socket refuses a host that was not looked up before it asks its core, which knows better.
  private static InetSocketAddress withAddress(InetSocketAddress address) throws IOException {
    return address.isUnresolved()
        ? new InetSocketAddress(
            InetAddress.getByAddress(address.getHostString(), new byte[4]), address.getPort())
        : address;
  }

  /// The element that is reached; [ElementId#NONE] before that, and where the host is no pool.
  public ElementId elementId() {
    return core.elementId();
  }

  @Override
  public String toString() {
    return elementId().isNone() ? super.toString() : super.toString() + " element=" + elementId();
  }
}
