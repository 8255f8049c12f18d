package io.rserpool.bench.requests;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Loads one server from one client thread, over a number of connections.
public final class LoadRun implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  private static final long TIME_NS_MAX = TimeUnit.SECONDS.toNanos(60);

  private static final long DRAIN_NS_MAX = TimeUnit.SECONDS.toNanos(5);

  /// With more requests on the way on one connection, an open loop has failed.
  private static final int OUTSTANDING_MAX = 100_000;

  /// The most that an open loop sends before it looks for answers.
  private static final int PASS_MAX = 4_096;

  private final ServerProcess server;
  private final EventLoopGroup loop = Loops.one("load");
  private final List<LoadConnection> connections = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final Histogram latenciesNs = new Histogram(TIME_NS_MAX, 3);
  private final Histogram latenessNs = new Histogram(TIME_NS_MAX, 3);

  LoadRun(ServerProcess server, Exchange exchange, int count) throws InterruptedException {
    this.server = server;
    for (int i = 0; i < count; i++) {
      LoadConnection connection =
          new LoadConnection(
              exchange.requests(i),
              Exchange.keepAliveAck(Exchange.POOL_SIZE + 1 + i),
              exchange.answerType(),
              latenciesNs);
      connections.add(connection);
      channels.add(connect(connection));
    }
  }

  private Channel connect(LoadConnection connection) throws InterruptedException {
    Channel channel =
        new Bootstrap()
            .group(loop)
            .channel(Loops.channel())
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(connection)
            .connect(HOST, server.port())
            .sync()
            .channel();
    if (server.tls().isOn()) {
      SslHandler layer = new SslHandler(server.tls().caller(HOST, server.port()));
      channel.eventLoop().submit(() -> channel.pipeline().addFirst(layer)).sync();
      layer.handshakeFuture().sync();
    }
    return channel;
  }

  /// Every connection has `outstanding` requests on the way at all times.
  public Outcome closed(int outstanding, Duration warmUp, Duration time)
      throws InterruptedException {
    onLoop(() -> {
      for (LoadConnection connection : connections) {
        connection.refill(true);
        for (int i = 0; i < outstanding; i++) {
          connection.board(System.nanoTime());
        }
        connection.depart();
      }
    });
    Outcome outcome = measure(warmUp, time);
    drain();
    return outcome;
  }

  /// Requests leave on schedule, whether answers come or not; latency counts from the schedule.
  public Outcome open(double ratePerSecond, Duration warmUp, Duration time)
      throws InterruptedException {
    Schedule schedule = new Schedule(ratePerSecond);
    onLoop(schedule);
    Outcome outcome = measure(warmUp, time);
    onLoop(() -> schedule.stopped = true);
    drain();
    return outcome;
  }

  /// Sends what is due, again and again: the event loop never sleeps. What is due to one connection
  /// at once leaves in one piece, like in any client.
  private final class Schedule implements Runnable {
    private final double gapNs;
    private final long startNs = System.nanoTime();
    private long sent;
    private boolean stopped;

    Schedule(double ratePerSecond) {
      this.gapNs = 1e9 / ratePerSecond;
    }

    @Override
    public void run() {
      long nowNs = System.nanoTime();
      long first = sent;
      for (long dueNs = dueNs(); dueNs <= nowNs && sent - first < PASS_MAX; dueNs = dueNs()) {
        connection(sent).board(dueNs);
        latenessNs.recordValue(nowNs - dueNs);
        sent++;
      }
      long last = Math.min(sent, first + connections.size());
      for (long number = first; number < last; number++) {
        connection(number).depart();
        stopped |= connection(number).isOverloaded(OUTSTANDING_MAX);
      }
      if (!stopped) {
        // Not execute(): tasks that follow each other would keep the loop from its sockets.
        Future<?> _ = loop.schedule(this, 1, TimeUnit.NANOSECONDS);
      }
    }

    private LoadConnection connection(long number) {
      return connections.get((int) (number % connections.size()));
    }

    private long dueNs() {
      return startNs + (long) (sent * gapNs);
    }
  }

  private Outcome measure(Duration warmUp, Duration time) throws InterruptedException {
    Thread.sleep(warmUp);
    long[] started = new long[2];
    onLoop(() -> {
      latenciesNs.reset();
      latenessNs.reset();
      connections.forEach(c -> c.record(true));
      started[0] = System.nanoTime();
      started[1] = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    });
    Duration serverStarted = server.processorTime();
    Thread.sleep(time);
    Duration serverTime = server.processorTime().minus(serverStarted);
    Outcome[] outcome = new Outcome[1];
    onLoop(() ->
        outcome[0] =
            new Outcome(
                connections.stream().mapToLong(LoadConnection::answers).sum(),
                System.nanoTime() - started[0],
                serverTime.toNanos(),
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - started[1],
                latenciesNs.copy(),
                latenessNs.copy(),
                trouble()));
    return outcome[0];
  }

  private String trouble() {
    return connections.stream()
        .map(LoadConnection::failure)
        .filter(failure -> !failure.isEmpty())
        .findFirst()
        .orElse("");
  }

  private void onLoop(Runnable task) throws InterruptedException {
    loop.submit(task).sync();
  }

  /// Waits for the answers that are on the way, so that the server has nothing left to do.
  private void drain() throws InterruptedException {
    onLoop(() -> connections.forEach(c -> c.refill(false)));
    long deadlineNs = System.nanoTime() + DRAIN_NS_MAX;
    int[] outstanding = {1};
    while (outstanding[0] > 0 && System.nanoTime() < deadlineNs) {
      Thread.sleep(10);
      onLoop(
          () -> outstanding[0] = connections.stream().mapToInt(LoadConnection::outstanding).sum());
    }
  }

  @Override
  public void close() {
    channels.forEach(channel -> channel.close().syncUninterruptibly());
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
