package io.rserpool.bench.scale;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.rserpool.bench.requests.Loops;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// All elements, on one thread.
@SuppressWarnings(
    "FutureReturnValueIgnored") // A failed write closes the connection, which is noticed.
public final class Population implements AutoCloseable {

  /// What the elements saw for a while.
  ///
  /// @param gapsNs between two keep-alives to one element
  /// @param probes keep-alives that came because the answer to the one before did not, or not in
  ///     time
  /// @param clientShare processors that the thread of the elements kept busy
  record Observation(Histogram gapsNs, long probes, double clientShare) {}

  private static final long GAP_NS_MAX = TimeUnit.MINUTES.toNanos(2);

  private final EventLoopGroup loop = Loops.one("elements");
  private final List<Member> members = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final int elements;
  private final long intervalNs;
  private final Histogram gapsNs = new Histogram(GAP_NS_MAX, 3);
  private volatile int registered;
  private volatile String trouble = "";
  private long probes;
  private boolean closing;

  /// Begins to register them.
  ///
  /// @param port the registrar's
  /// @param interval between two keep-alives to one element
  public Population(int port, int associations, int perAssociation, Duration interval)
      throws InterruptedException {
    this.elements = associations * perAssociation;
    this.intervalNs = interval.toNanos();
    for (int i = 0; i < associations; i++) {
      Member member = new Member(i, perAssociation, this);
      members.add(member);
      channels.add(
          new Bootstrap()
              .group(loop)
              .channel(Loops.channel())
              .option(ChannelOption.TCP_NODELAY, true)
              .handler(member)
              .connect("127.0.0.1", port)
              .sync()
              .channel());
    }
  }

  /// Waits until every element is registered.
  public void awaitRegistered(Duration atMost) throws InterruptedException {
    long deadlineNs = System.nanoTime() + atMost.toNanos();
    while (registered < elements) {
      requireHealth();
      if (System.nanoTime() > deadlineNs) {
        throw new IllegalStateException(
            "expected " + elements + " registrations within " + atMost + ", but saw " + registered);
      }
      Thread.sleep(5);
    }
  }

  /// Watches for a while.
  Observation observe(Duration time) throws InterruptedException {
    onLoop(() -> {
      gapsNs.reset();
      probes = 0;
    });
    long startNs = System.nanoTime();
    long[] processorNs = new long[2];
    onLoop(() -> processorNs[0] = processorNs());
    Thread.sleep(time);
    onLoop(() -> processorNs[1] = processorNs());
    long elapsedNs = System.nanoTime() - startNs;
    Observation[] seen = new Observation[1];
    onLoop(() ->
        seen[0] =
            new Observation(
                gapsNs.copy(), probes, (double) (processorNs[1] - processorNs[0]) / elapsedNs));
    return seen[0];
  }

  private static long processorNs() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /// Some associations stop answering, all at once, as if their machine had lost its power.
  void fallSilent(int from, int to) throws InterruptedException {
    onLoop(() -> members.subList(from, to).forEach(Member::fallSilent));
  }

  /// Some associations break, all at once, as if their processes had been killed.
  void breakOff(int from, int to) {
    loop.submit(
            () -> {
              closing = true;
              channels.subList(from, to).stream()
                  .filter(Channel::isOpen)
                  .forEach(Population::reset);
              loop.execute(() -> closing = false);
            })
        .syncUninterruptibly();
  }

  private static void reset(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.close();
  }

  /// What happened that should not have, or nothing.
  String trouble() {
    return trouble;
  }

  boolean isHealthy() {
    return trouble.isEmpty();
  }

  /// @throws IllegalStateException if anything happened that should not have
  public void requireHealth() {
    if (!isHealthy()) {
      throw new IllegalStateException("this measurement is void: " + trouble);
    }
  }

  Histogram gapsNs() {
    return gapsNs;
  }

  long intervalNs() {
    return intervalNs;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the event loop writes.
  void registered() {
    registered++;
  }

  void probed() {
    probes++;
  }

  void lost(int association) {
    if (!closing && trouble.isEmpty()) {
      trouble = "the registrar ended association " + association;
    }
  }

  void surprised(int type) {
    trouble = "the registrar sent an element a message of type " + type;
  }

  private void onLoop(Runnable task) throws InterruptedException {
    loop.submit(task).sync();
  }

  @Override
  public void close() {
    breakOff(0, channels.size());
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
