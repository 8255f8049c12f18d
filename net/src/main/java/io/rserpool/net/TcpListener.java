package io.rserpool.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Opens the listening sockets of one endpoint: one for each address of its hosts, all with one
/// port.
/// Connections wait in the system's queue until the transport is told to accept.
/// Blocks, so it runs on the caller's thread and not on the event loop.
final class TcpListener {

  /// Accepted connections that may wait for the event loop.
  private static final int BACKLOG = 1_024;

  /// How often another free port is tried when the one that one address gave is taken at the next.
  private static final int FREE_PORT_ATTEMPTS = 16;

  private final TcpTransport transport;
  private final AssociationKind kind;
  private final Endpoint endpoint;

  TcpListener(TcpTransport transport, AssociationKind kind, Endpoint endpoint) {
    this.transport = transport;
    this.kind = kind;
    this.endpoint = endpoint;
  }

  /// Takes the addresses.
  ///
  /// @return what was taken
  Endpoint bind() {
    List<InetAddress> addresses = addresses();
    int attempts = endpoint.port() == 0 && addresses.size() > 1 ? FREE_PORT_ATTEMPTS : 1;
    for (int attempt = 1; ; attempt++) {
      try {
        return bindAll(addresses);
      } catch (ListenException e) {
        if (attempt == attempts) {
          throw e;
        }
      }
    }
  }

  private List<InetAddress> addresses() {
    try {
      return Addresses.resolve(endpoint);
    } catch (UnknownHostException e) {
      throw new ListenException(
          "cannot listen at " + endpoint + ": no address is known for " + e.getMessage(), e);
    }
  }

  private Endpoint bindAll(List<InetAddress> addresses) {
    List<Channel> bound = new ArrayList<>();
    List<String> hosts = new ArrayList<>();
    ListenException absent = null;
    int port = endpoint.port();
    for (InetAddress address : addresses) {
      ChannelFuture binding = bind(new InetSocketAddress(address, port));
      Throwable cause = binding.cause();
      if (cause == null) {
        bound.add(binding.channel());
        port = ((InetSocketAddress) binding.channel().localAddress()).getPort();
        hosts.add(IpAddress.ofBytes(address.getAddress()).toString());
      } else {
        ListenException failure = failure(address, port, cause);
        // A machine without IPv6 still has a localhost: only all addresses together are needed.
        if (!isAbsent(cause) || addresses.size() == 1) {
          bound.forEach(channel -> channel.close().awaitUninterruptibly());
          throw failure;
        }
        absent = failure;
      }
    }
    return result(hosts, port, absent);
  }

  private Endpoint result(List<String> hosts, int port, @Nullable ListenException absent) {
    if (hosts.isEmpty() && absent != null) {
      throw absent;
    }
    Endpoint.Scheme scheme = transport.tls().isOn() ? Endpoint.Scheme.TLS : endpoint.scheme();
    return new Endpoint(scheme, hosts, port);
  }

  private ChannelFuture bind(InetSocketAddress address) {
    ChannelFuture binding =
        new ServerBootstrap()
            .group(transport.context().eventLoop(), transport.context().eventLoop())
            .channel(Sockets.get().serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    transport.accepted(channel, kind);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (binding.isSuccess()) {
      transport.context().eventLoop().execute(() -> transport.bound(binding.channel()));
    }
    return binding;
  }

  private ListenException failure(InetAddress address, int port, Throwable cause) {
    Endpoint at =
        Endpoint.of(endpoint.scheme(), IpAddress.ofBytes(address.getAddress()).toString(), port);
    String text = Failures.text(cause);
    String lower = text.toLowerCase(Locale.ROOT);
    String remedy;
    if (lower.contains("in use")) {
      remedy =
          "another program listens there already; stop it, or choose another port (0 takes any free"
              + " one)";
    } else if (isAbsent(cause)) {
      remedy = "this is no address of this machine; choose one that it has";
    } else if (lower.contains("denied")) {
      remedy = "this user may not use that port; choose one above 1023";
    } else {
      remedy = "the system says: " + text;
    }
    return new ListenException("cannot listen at " + at + ": " + remedy, cause);
  }

  private static boolean isAbsent(Throwable cause) {
    String text = Failures.text(cause).toLowerCase(Locale.ROOT);
    return text.contains("assign requested") || text.contains("not supported");
  }
}
