package io.rserpool.bench.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/// One load on one line: it warms up for a while and then counts.
final class Turn {

  private static final int BUFFER_SIZE = 64 * 1024;
  private static final Duration WARM_UP = Duration.ofMillis(300);

  private final Line line;
  private final ProcessHandle server;
  private final Duration time;
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private final Histogram latenciesNs = Sample.histogram();

  /// A kind of load.
  @FunctionalInterface
  interface Load {
    Sample on(Turn turn) throws IOException;
  }

  /// @param server whose processor time counts
  Turn(Line line, ProcessHandle server, Duration time) {
    this.line = line;
    this.server = server;
    this.time = time;
  }

  /// Asks, waits for the whole answer, asks again.
  Sample askOneByOne(int size) throws IOException {
    byte[] message = new byte[size];
    Gauge warmUp = new Gauge(WARM_UP);
    while (warmUp.isOn()) {
      ask(message);
    }
    Gauge gauge = new Gauge(time);
    long answers = 0;
    while (gauge.isOn()) {
      long askedNs = System.nanoTime();
      ask(message);
      latenciesNs.recordValue(System.nanoTime() - askedNs);
      answers++;
    }
    return gauge.read(answers);
  }

  private void ask(byte[] message) throws IOException {
    line.send(message);
    for (int count = 0; count < message.length; ) {
      count += receive();
    }
  }

  /// Keeps so many questions under way.
  Sample askManyAtOnce(int size, int outstanding) throws IOException {
    byte[] message = new byte[size];
    for (int i = 0; i < outstanding; i++) {
      line.send(message);
    }
    Gauge warmUp = new Gauge(WARM_UP);
    long bytes = follow(warmUp, message, 0);
    Gauge gauge = new Gauge(time);
    return gauge.read((follow(gauge, message, bytes) - bytes) / size);
  }

  /// @return the bytes that came in all
  private long follow(Gauge gauge, byte[] message, long before) throws IOException {
    long bytes = before;
    while (gauge.isOn()) {
      long answered = bytes / message.length;
      bytes += receive();
      for (long i = answered; i < bytes / message.length; i++) {
        line.send(message);
      }
    }
    return bytes;
  }

  /// Sends as fast as it is taken, until the server has told that it has everything.
  Sample flood(int size) throws IOException {
    byte[] message = new byte[size];
    Gauge gauge = new Gauge(time);
    long sent = 0;
    while (gauge.isOn()) {
      line.send(message);
      sent++;
    }
    line.end();
    ByteBuffer told = ByteBuffer.allocate(Job.NUMBER_SIZE);
    while (told.hasRemaining()) {
      told.put(buffer, 0, receive());
    }
    if (told.getLong(0) != sent * size) {
      throw new IllegalStateException(
          "expected the server to have %d bytes, but it has %d"
              .formatted(sent * size, told.getLong(0)));
    }
    return gauge.read(sent);
  }

  /// Takes what the server sends as fast as it can.
  Sample drain(int size) throws IOException {
    line.send(OverheadServer.number(size));
    Gauge warmUp = new Gauge(WARM_UP);
    while (warmUp.isOn()) {
      receive();
    }
    Gauge gauge = new Gauge(time);
    long bytes = 0;
    while (gauge.isOn()) {
      bytes += receive();
    }
    return gauge.read(bytes / size);
  }

  private int receive() throws IOException {
    int count = line.receive(buffer);
    if (count < 1) {
      throw new IOException("expected an answer, but the server has ended");
    }
    return count;
  }

  /// Time and processor time from its making on.
  private final class Gauge {
    private final long serverNs = processorNs(server);
    private final long loadNs = processorNs(ProcessHandle.current());
    private final long beginNs = System.nanoTime();
    private final Duration length;

    Gauge(Duration length) {
      this.length = length;
    }

    boolean isOn() {
      return System.nanoTime() - beginNs < length.toNanos();
    }

    Sample read(long operations) {
      return new Sample(
          operations,
          System.nanoTime() - beginNs,
          processorNs(server) - serverNs,
          processorNs(ProcessHandle.current()) - loadNs,
          latenciesNs);
    }

    private static long processorNs(ProcessHandle process) {
      return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }
  }
}
