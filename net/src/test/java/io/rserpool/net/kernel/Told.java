package io.rserpool.net.kernel;

import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/// Writes down what a socket tells, and lets a check wait for it.
final class Told implements SctpListener {

  /// What a listener can be told.
  sealed interface Event {
    long association();

    record Up(
        long association,
        boolean isIncoming,
        List<InetAddress> peers,
        int peerPort,
        List<InetAddress> locals,
        int streams)
        implements Event {}

    record Message(long association, byte[] bytes, int stream, int payloadProtocolId)
        implements Event {}

    record Writable(long association) implements Event {}

    record PathChange(long association, InetAddress address, Path change) implements Event {}

    record Restarted(long association) implements Event {}

    record Down(long association, LossReason reason, String detail) implements Event {}
  }

  private final List<Event> events = new ArrayList<>();

  /// As long as none is left, the thread of the socket stands still and reads nothing.
  private final Semaphore reading = new Semaphore(1);

  private volatile LongConsumer whenUp = _ -> {};

  void stopReading() {
    reading.acquireUninterruptibly();
  }

  /// The thread of the socket has come to where it stands still.
  void awaitStandstill() {
    while (!reading.hasQueuedThreads()) {
      Thread.onSpinWait();
    }
  }

  /// Whatever comes up from now on is paused at once, before any of its messages is told.
  void pauseAtUp(SctpSocket socket) {
    whenUp = socket::pause;
  }

  void readOn() {
    reading.release();
  }

  @Override
  public void up(
      long association,
      boolean isIncoming,
      List<InetAddress> peers,
      int peerPort,
      List<InetAddress> locals,
      int outgoingStreams) {
    whenUp.accept(association);
    add(new Event.Up(association, isIncoming, peers, peerPort, locals, outgoingStreams));
  }

  @Override
  public void message(long association, byte[] message, int stream, int payloadProtocolId) {
    reading.acquireUninterruptibly();
    reading.release();
    add(new Event.Message(association, message, stream, payloadProtocolId));
  }

  @Override
  public void writable(long association) {
    add(new Event.Writable(association));
  }

  @Override
  public void path(long association, InetAddress address, Path change) {
    add(new Event.PathChange(association, address, change));
  }

  @Override
  public void restarted(long association) {
    add(new Event.Restarted(association));
  }

  @Override
  public void down(long association, LossReason reason, String detail) {
    add(new Event.Down(association, reason, detail));
  }

  private synchronized void add(Event event) {
    events.add(event);
    notifyAll();
  }

  /// Takes the first event of this kind out, waiting for it if need be.
  <T extends Event> T await(Class<T> kind, Predicate<T> condition) {
    return await(kind, 30, condition);
  }

  synchronized <T extends Event> T await(Class<T> kind, int seconds, Predicate<T> condition) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (true) {
      for (Event event : events) {
        if (kind.isInstance(event) && condition.test(kind.cast(event))) {
          events.remove(event);
          return kind.cast(event);
        }
      }
      long leftMs = (end - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        throw new AssertionError(
            "expected %s within %d s, but there is %s"
                .formatted(kind.getSimpleName(), seconds, last()));
      }
      try {
        wait(leftMs);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }
  }

  synchronized boolean has(Class<? extends Event> kind) {
    return events.stream().anyMatch(kind::isInstance);
  }

  private List<Event> last() {
    return events.subList(Math.max(0, events.size() - 10), events.size());
  }
}
