package io.rserpool.bench.sctp;

import java.time.Duration;
import java.util.ArrayDeque;
import org.HdrHistogram.Histogram;

/// One measurement with one peer: a closed loop, in which each answer is followed by the next request,
/// or a flood, of which the server sends a few messages back.
final class Load {

  private static final long LONGEST_NS = 60_000_000_000L;

  private final byte[] message;
  private final int outstanding;
  private final int answeredOneOf;
  private final Histogram latenciesNs = new Histogram(LONGEST_NS, 3);

  /// When those were sent that have not been answered; guarded by this object, as all that follows.
  private final ArrayDeque<Long> sentNs = new ArrayDeque<>();

  private volatile Peer peer = new NoPeer();
  private boolean isRecording;
  private long answers;

  private Load(byte[] message, int outstanding, int answeredOneOf) {
    this.message = message;
    this.outstanding = outstanding;
    this.answeredOneOf = answeredOneOf;
  }

  static Load closed(byte[] message, int outstanding) {
    return new Load(message, outstanding, 1);
  }

  static Load flood(byte[] message, int answeredOneOf) {
    return new Load(message, 0, answeredOneOf);
  }

  /// Measures after a while.
  ///
  /// @param server whose processor time counts
  Measured run(Peer.Caller caller, int port, ProcessHandle server, Duration warmUp, Duration time)
      throws Exception {
    try (Peer called = caller.call(port, this::take)) {
      peer = called;
      if (outstanding == 0) {
        called.flood(message);
      }
      for (int i = 0; i < outstanding; i++) {
        depart();
      }
      Thread.sleep(warmUp);
      long cpu = processorNs(server);
      long ownCpu = processorNs(ProcessHandle.current());
      long begin = System.nanoTime();
      record(true);
      Thread.sleep(time);
      long counted = record(false);
      long elapsed = System.nanoTime() - begin;
      return new Measured(
          counted * answeredOneOf,
          elapsed,
          processorNs(server) - cpu,
          processorNs(ProcessHandle.current()) - ownCpu,
          latenciesNs);
    }
  }

  private void take(byte[] answer) {
    boolean isClosedLoop = outstanding > 0;
    synchronized (this) {
      answers++;
      if (isClosedLoop) {
        long tookNs = System.nanoTime() - sentNs.removeFirst();
        if (isRecording) {
          latenciesNs.recordValue(Math.clamp(tookNs, 1, LONGEST_NS));
        }
      }
    }
    if (isClosedLoop) {
      depart();
    }
  }

  private void depart() {
    synchronized (this) {
      sentNs.addLast(System.nanoTime());
    }
    peer.send(message);
  }

  private synchronized long record(boolean on) {
    long before = answers;
    isRecording = on;
    answers = 0;
    return before;
  }

  private static long processorNs(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  /// Before there is one.
  private static final class NoPeer implements Peer {
    @Override
    public void send(byte[] message) {}

    @Override
    public void flood(byte[] message) {}

    @Override
    public void close() {}
  }
}
