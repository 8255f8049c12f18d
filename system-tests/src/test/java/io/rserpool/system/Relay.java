package io.rserpool.system;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A slow line: whoever connects here talks to another address of this machine, and every byte
/// arrives later by the same time, in both directions.
final class Relay implements AutoCloseable {
  private final ServerSocket listener;
  private final InetSocketAddress to;
  private final long delayNs;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong carried = new AtomicLong();

  private Relay(ServerSocket listener, InetSocketAddress to, Duration delay) {
    this.listener = listener;
    this.to = to;
    this.delayNs = delay.toNanos();
  }

  /// Opens a relay.
  ///
  /// @param to the address at the other end, `tcp://host:port`
  /// @param delay of each direction
  static Relay open(String to, Duration delay) {
    try {
      URI uri = URI.create(to);
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Relay relay = new Relay(listener, new InetSocketAddress(uri.getHost(), uri.getPort()), delay);
      Thread.ofVirtual().start(relay::accept);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where to connect.
  String address() {
    return "tcp://127.0.0.1:" + listener.getLocalPort();
  }

  /// How many bytes have arrived, in both directions.
  long carried() {
    return carried.get();
  }

  private void accept() {
    open.add(listener);
    while (!listener.isClosed()) {
      try {
        Socket near = listener.accept();
        open.add(near);
        Thread.ofVirtual().start(() -> join(near));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void join(Socket near) {
    Socket far = new Socket();
    open.add(far);
    try {
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      far.connect(to);
    } catch (IOException _) {
      shut(near);
      shut(far);
      return;
    }
    carry(near, far);
    carry(far, near);
  }

  private void carry(Socket from, Socket into) {
    BlockingQueue<Chunk> onItsWay = new DelayQueue<Chunk>();
    Thread.ofVirtual().start(() -> take(from, onItsWay));
    Thread.ofVirtual().start(() -> deliver(onItsWay, into));
  }

  private void take(Socket from, BlockingQueue<Chunk> onItsWay) {
    byte[] buffer = new byte[65_536];
    try {
      InputStream in = from.getInputStream();
      for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        byte[] bytes = new byte[size];
        System.arraycopy(buffer, 0, bytes, 0, size);
        onItsWay.add(new Chunk(bytes, System.nanoTime() + delayNs));
      }
    } catch (IOException _) {
      // It broke; the other side hears of it as of an end.
    }
    onItsWay.add(new Chunk(new byte[0], System.nanoTime() + delayNs));
  }

  private void deliver(BlockingQueue<Chunk> onItsWay, Socket into) {
    try {
      for (Chunk next = onItsWay.take(); next.bytes().length > 0; next = onItsWay.take()) {
        into.getOutputStream().write(next.bytes());
        carried.addAndGet(next.bytes().length);
      }
    } catch (IOException _) {
      // The receiver is gone.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    shut(into);
  }

  private void shut(Closeable one) {
    open.remove(one);
    try {
      one.close();
    } catch (IOException _) {
      // Closed all the same.
    }
  }

  @Override
  public void close() {
    shut(listener);
    open.forEach(this::shut);
  }

  /// Bytes on their way; none for the end.
  private record Chunk(byte[] bytes, long arrivalNs) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(arrivalNs - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
