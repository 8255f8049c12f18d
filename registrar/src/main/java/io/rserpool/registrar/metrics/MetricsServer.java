package io.rserpool.registrar.metrics;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.registrar.RegistrarResult.Status;
import io.rserpool.net.tls.TlsOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The metrics of one registrar, and the HTTP port at which they are read. Events may be told before the
/// port is open, on the registrar's thread; ports are opened and closed by one thread.
public final class MetricsServer implements AutoCloseable {

  private static final int LINE_MAX = 1_024;
  private static final int HEADERS_MAX = 8_192;
  private static final int SHUTDOWN_TIMEOUT_S = 5;

  /// Readers that wait for an answer; one more is told to come again.
  private static final int WAITING_MAX = 8;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final EventCounts counts = new EventCounts(registry);
  private final Scrape scrape;
  private final AtomicInteger readers = new AtomicInteger();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING_MAX),
          new DefaultThreadFactory("registrar-metrics", true));

  /// From the first port on.
  private @Nullable MultiThreadIoEventLoopGroup loop;

  /// @param status gives the registrar's status; may wait for it, and throw
  /// @param tls whose certificate is told
  public MetricsServer(Supplier<Status> status, TlsOptions tls) {
    scrape = new Scrape(registry, status);
    CertificateFigures.register(registry, tls);
  }

  /// Counts an event.
  ///
  /// @param event that the registrar has told
  public void observe(Event event) {
    counts.count(event);
  }

  /// Counts a policy file with mistakes.
  public void policyFailed() {
    counts.policyFailed();
  }

  /// Opens a port. The next call opens another one.
  ///
  /// @param wanted where; port 0 takes a free one
  /// @throws IOException if it cannot be had
  public void listen(Endpoint wanted) throws IOException {
    if (loop == null) {
      loop =
          new MultiThreadIoEventLoopGroup(
              1,
              new DefaultThreadFactory("registrar-metrics-http", true),
              NioIoHandler.newFactory());
    }
    String host = wanted.hosts().getFirst();
    ChannelFuture binding =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(new Pipeline())
            .bind(new InetSocketAddress(host, wanted.port()))
            .awaitUninterruptibly();
    if (!binding.isSuccess()) {
      throw new IOException(binding.cause());
    }
    Channel channel = binding.channel();
    int port = ((InetSocketAddress) channel.localAddress()).getPort();
    endpoints.add(Endpoint.of(Endpoint.Scheme.TCP, host, port));
  }

  /// Where it is read, with the ports that were really taken.
  ///
  /// @return the addresses
  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  /// Gives the ports back. A second call does nothing.
  @Override
  public void close() {
    writer.shutdownNow();
    if (loop != null) {
      Future<?> end = loop.shutdownGracefully(0, SHUTDOWN_TIMEOUT_S, TimeUnit.SECONDS);
      end.awaitUninterruptibly(SHUTDOWN_TIMEOUT_S, TimeUnit.SECONDS);
    }
  }

  /// What each connection has.
  private final class Pipeline extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      HttpDecoderConfig limits =
          new HttpDecoderConfig()
              .setMaxInitialLineLength(LINE_MAX)
              .setMaxHeaderSize(HEADERS_MAX)
              .setValidateHeaders(true);
      channel.pipeline().addLast(new HttpServerCodec(limits), new Reader(readers, writer, scrape));
    }
  }
}
