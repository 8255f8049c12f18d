package io.rserpool.net.status;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A reporter with a socket and a thread of its own. Everything but the end happens on that thread.
final class StatusSender implements StatusReporter {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.status");

  /// How long the last report may take: neither a component that does not answer nor the name service
  /// holds up the end.
  private static final long END_TIMEOUT_S = 1;

  /// No monitor shows so many; more would make a datagram of dozens of fragments.
  private static final int ASSOCIATIONS_MAX = 1_000;

  /// Monitors read texts as C strings, so the last byte stays 0.
  private static final int TEXT_MAX = StatusReport.TEXT_SIZE - 1;

  private final StatusOptions options;
  private final Supplier<ComponentStatus> source;
  private final DatagramChannel channel;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("rserpool-status").factory());
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /// Who has reported so far, 0 for nobody.
  private long senderId;

  private long firstNs;
  private boolean hasFailed;

  private StatusSender(
      StatusOptions options, Supplier<ComponentStatus> source, DatagramChannel channel) {
    this.options = options;
    this.source = source;
    this.channel = channel;
  }

  static StatusSender start(StatusOptions options, Supplier<ComponentStatus> source)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.configureBlocking(false);
    StatusSender sender = new StatusSender(options, source, channel);
    // Not at a fixed rate: after a pause of the process nobody needs all the reports that were
    // missed.
    var _ =
        sender.thread.scheduleWithFixedDelay(
            sender::report, 0, options.interval().toNanos(), TimeUnit.NANOSECONDS);
    return sender;
  }

  private void report() {
    try {
      ComponentStatus status = source.get();
      if (status.id() != senderId) {
        end();
      }
      if (ComponentId.isKnown(status.id())) {
        begin(status.id());
        send(reportOf(status));
      }
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  private void begin(long id) {
    if (id != senderId) {
      senderId = id;
      firstNs = System.nanoTime();
    }
  }

  /// A component that goes on under another identifier has ended as far as its monitor can see.
  private void end() throws IOException {
    if (senderId != 0) {
      send(new StatusReport(true, senderId, timeStamp(), interval(), "", "", 0, List.of()));
      senderId = 0;
    }
  }

  private StatusReport reportOf(ComponentStatus status) {
    int count = Math.min(ASSOCIATIONS_MAX, status.associations().size());
    return new StatusReport(
        false,
        senderId,
        timeStamp(),
        interval(),
        shown(status.location()),
        shown(status.status()),
        status.workload(),
        status.associations().subList(0, count));
  }

  private long timeStamp() {
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - firstNs);
  }

  private long interval() {
    return TimeUnit.NANOSECONDS.toMicros(options.interval().toNanos());
  }

  /// Cut to what fits, and without anything that a terminal would obey.
  private static String shown(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(TEXT_MAX, bytes.length); i++) {
      char each = (char) (bytes[i] & 0xff);
      shown.append(Character.isISOControl(each) ? '?' : each);
    }
    return shown.toString();
  }

  private void send(StatusReport report) throws IOException {
    InetSocketAddress monitor = new InetSocketAddress(options.host(), options.port());
    if (monitor.isUnresolved()) {
      throw new UnknownHostException("there is no host '" + options.host() + "'");
    }
    // A full socket takes nothing and returns at once; the next report is as good as this one.
    channel.send(ByteBuffer.wrap(report.encode()), monitor);
  }

  private void failed(Exception e) {
    if (hasFailed || isClosed.get()) {
      LOG.debug("status report to {} failed", options, e);
      return;
    }
    hasFailed = true;
    LOG.warn(
        "status report to {} failed, others that fail are not told: {}", options, e.toString());
  }

  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    thread.execute(() -> {
      try {
        end();
      } catch (IOException | RuntimeException e) {
        failed(e);
      }
    });
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END_TIMEOUT_S, TimeUnit.SECONDS)) {
        LOG.debug("the last status report to {} is not waited for", options);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      thread.shutdownNow();
      free();
    }
  }

  private void free() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("the socket for status reports cannot be closed", e);
    }
  }
}
