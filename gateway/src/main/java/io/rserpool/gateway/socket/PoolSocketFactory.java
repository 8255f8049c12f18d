package io.rserpool.gateway.socket;

import io.rserpool.client.PoolUser;
import io.rserpool.client.Scope;
import io.rserpool.gateway.GatewaySettings;
import io.rserpool.gateway.PoolNames;
import io.rserpool.gateway.SettingTexts;
import io.rserpool.gateway.call.FactorySettings;
import io.rserpool.gateway.call.PoolCaller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.SocketFactory;

/// Makes sockets that reach an element of the pool that the host name names, and any other host as
/// usual. Give it to a library that takes a [SocketFactory]; nothing else changes.
///
/// With PostgreSQL's driver: `jdbc:postgresql://PG.pool.rserpool/db` and the parameters
/// `socketFactory=io.rserpool.gateway.socket.PoolSocketFactory` and, unless the process says it,
/// `socketFactoryArg=tcp://registrar1,tcp://registrar2`.
///
/// Configured by system properties or environment: [GatewaySettings#ofProcess]. No registrar is
/// called before the first connection with a pool.
public final class PoolSocketFactory extends SocketFactory {

  private final Supplier<PoolCaller> caller;
  private final PoolNames names;
  private final Companions companions;

  /// As this process is configured.
  ///
  /// @throws IllegalArgumentException if a setting is mistaken
  public PoolSocketFactory() {
    this(GatewaySettings.ofProcess(), Companions.OF_NOBODY);
  }

  /// As a text says, and otherwise as this process is configured: for drivers that make a factory
  /// for each of their connections, as PostgreSQL's does. All sockets of such a factory reach the
  /// same element as long as one of them is open, so that a request to cancel a statement, which
  /// comes by another connection, reaches the server that executes it.
  ///
  /// @param argument addresses of registrars, or `name=value;name=value`; the driver says null
  ///     where there is none
  /// @throws IllegalArgumentException if a setting is mistaken
  public PoolSocketFactory(String argument) {
    this(
        GatewaySettings.of(
            SettingTexts.ofProcess().withArgument(Objects.requireNonNullElse(argument, ""))),
        Companions.ofOneConnection());
  }

  /// In a scope, with the defaults for everything else.
  public PoolSocketFactory(Scope scope) {
    this(GatewaySettings.of(scope), Companions.OF_NOBODY);
  }

  /// With a pool user that the caller closes when all sockets are done.
  ///
  /// @param settings whose scope should be that of the pool user
  public PoolSocketFactory(PoolUser user, GatewaySettings settings) {
    this(ready(PoolCaller.of(user, settings)), settings.names(), Companions.OF_NOBODY);
  }

  private PoolSocketFactory(GatewaySettings settings, Companions companions) {
    this(new LazyCaller(settings), settings.names(), companions);
    FactorySettings.note(settings);
  }

  private PoolSocketFactory(Supplier<PoolCaller> caller, PoolNames names, Companions companions) {
    this.caller = caller;
    this.names = names;
    this.companions = companions;
  }

  private static Supplier<PoolCaller> ready(PoolCaller caller) {
    return () -> caller;
  }

  /// A socket that is not connected yet.
  @Override
  public PoolSocket createSocket() throws IOException {
    return new PoolSocket(new PoolSocketCore(caller, names, companions));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(PoolSocket.named(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(PoolSocket.named(host, port), new InetSocketAddress(localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(address, port), new InetSocketAddress(localAddress, localPort));
  }

  private Socket connected(InetSocketAddress to) throws IOException {
    Socket socket = createSocket();
    socket.connect(to);
    return socket;
  }

  private Socket connected(InetSocketAddress to, InetSocketAddress from) throws IOException {
    Socket socket = createSocket();
    try {
      socket.bind(from);
      socket.connect(to);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
