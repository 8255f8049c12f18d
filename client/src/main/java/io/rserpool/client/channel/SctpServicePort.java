package io.rserpool.client.channel;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpSocket;
import io.rserpool.net.sctp.SctpStack;
import io.rserpool.net.sctp.SctpStacks;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportUse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A port for users over SCTP, mostly with a control channel beside the data.
///
/// SCTP knows no port that only keeps what it has. When this one is closed, whoever calls is let in
/// by the stack and put out again at once, and the port is given back with the last channel.
final class SctpServicePort implements ServicePort, SctpListener {

  /// Users of an element that has just died come all at once.
  private static final int BACKLOG = 1_024;

  private final CompletableFuture<SctpSocket> socket = new CompletableFuture<>();
  private final AsapTransport.Sctp address;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final HashMap<Long, SctpChannel> channels = new HashMap<>();
  private final Deque<SctpChannel> waiting = new ArrayDeque<>();
  private boolean isClosed;

  private SctpServicePort(SctpStack stack, SctpOptions options, TransportUse use)
      throws IOException {
    SctpSocket opened = stack.open(options, this);
    List<InetAddress> own =
        options.addresses().isEmpty() ? opened.addresses() : options.addresses();
    address = new AsapTransport.Sctp(reachable(own), opened.port(), use);
    socket.complete(opened);
  }

  static SctpServicePort open(
      SctpStacks stacks, SctpOptions timers, TransportUse use, List<IpAddress> addresses, int port)
      throws IOException {
    SctpStack stack = stacks.of(Endpoint.Scheme.SCTP);
    List<InetAddress> own =
        SctpCall.inet(addresses.stream().filter(one -> !one.isUnspecified()).toList());
    SctpOptions options = timers.at(own, port, true);
    // Within UDP, callers know a service by its SCTP port and expect it at the UDP port of RFC
    // 6951.
    boolean isWithinUdp = stack.scheme() == Endpoint.Scheme.SCTP_UDP;
    return new SctpServicePort(
        stack, isWithinUdp ? options.withEncapsulationPort(SctpOptions.UDP_PORT) : options, use);
  }

  /// What users elsewhere can call: loopback only if there is nothing else, and never what is valid
  /// on one link only.
  static List<IpAddress> reachable(List<InetAddress> own) {
    List<IpAddress> all =
        own.stream().map(one -> IpAddress.ofBytes(one.getAddress())).distinct().toList();
    List<IpAddress> near = all.stream().filter(one -> !one.isLinkLocal()).toList();
    List<IpAddress> far = near.stream().filter(one -> !one.isLoopback()).toList();
    return !far.isEmpty() ? far : near.isEmpty() ? all : near;
  }

  @Override
  public AsapTransport address() {
    return address;
  }

  @Override
  public Channel accept() throws IOException {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (isClosed) {
          throw new IOException("port " + address.port() + " of SCTP was closed");
        }
        changed.await();
      }
      return waiting.removeFirst();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while users were waited for");
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    List<SctpChannel> unheard;
    lock.lock();
    try {
      isClosed = true;
      unheard = new ArrayList<>(waiting);
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    unheard.forEach(SctpChannel::abort);
    closeIfIdle();
  }

  private void gone(long association) {
    lock.lock();
    try {
      channels.remove(association);
    } finally {
      lock.unlock();
    }
    closeIfIdle();
  }

  private void closeIfIdle() {
    boolean isIdle;
    lock.lock();
    try {
      isIdle = isClosed && channels.isEmpty();
    } finally {
      lock.unlock();
    }
    if (isIdle) {
      socket.join().close();
    }
  }

  @Override
  public void up(
      long association,
      boolean isIncoming,
      List<InetAddress> peers,
      int peerPort,
      List<InetAddress> locals,
      int outgoingStreams) {
    SctpSocket own = socket.join();
    String peer =
        SctpCall.endpoint(
            peers.stream().map(one -> IpAddress.ofBytes(one.getAddress())).toList(), peerPort);
    SctpChannel channel =
        new SctpChannel(
            own,
            association,
            address.use() == TransportUse.DATA_PLUS_CONTROL,
            outgoingStreams,
            peer,
            () -> gone(association));
    if (!isLetIn(association, channel)) {
      own.abort(association, "nobody is let in here now");
    }
  }

  private boolean isLetIn(long association, SctpChannel channel) {
    lock.lock();
    try {
      if (isClosed || waiting.size() >= BACKLOG) {
        return false;
      }
      channels.put(association, channel);
      waiting.addLast(channel);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void with(long association, Consumer<SctpChannel> news) {
    @Nullable SctpChannel channel;
    lock.lock();
    try {
      channel = channels.get(association);
    } finally {
      lock.unlock();
    }
    if (channel != null) {
      news.accept(channel);
    }
  }

  @Override
  public void message(long association, byte[] message, int stream, int payloadProtocolId) {
    with(association, channel -> channel.received(message, stream, payloadProtocolId));
  }

  @Override
  public void writable(long association) {
    with(association, SctpChannel::writable);
  }

  @Override
  public void path(long association, InetAddress path, Path change) {
    with(association, channel -> channel.path(path, change));
  }

  @Override
  public void restarted(long association) {
    with(association, SctpChannel::restarted);
  }

  @Override
  public void down(long association, LossReason reason, String detail) {
    with(association, channel -> channel.lost(reason, detail));
  }
}
