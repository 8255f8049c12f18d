package io.rserpool.client.channel;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpSocket;
import io.rserpool.net.sctp.SctpStack;
import io.rserpool.net.sctp.SctpStacks;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportUse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.time.Duration;
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
final class SctpServicePort implements ServicePort, Door, SctpListener {

  /// Users of an element that has just died come all at once.
  private static final int BACKLOG = 1_024;

  private final CompletableFuture<SctpSocket> socket = new CompletableFuture<>();
  private final AsapTransport.Sctp address;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final HashMap<Long, SctpAssociation> associations = new HashMap<>();
  private final Deque<SctpAssociation> waiting = new ArrayDeque<>();
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

  private boolean hasControl() {
    return address.use() == TransportUse.DATA_PLUS_CONTROL;
  }

  @Override
  public Channel accept() throws IOException {
    return new SctpChannel(arrived(), hasControl());
  }

  @Override
  public Caller next() throws IOException {
    return new SctpCaller(arrived(), hasControl());
  }

  private SctpAssociation arrived() throws IOException {
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
    List<SctpAssociation> unheard;
    lock.lock();
    try {
      isClosed = true;
      unheard = new ArrayList<>(waiting);
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    unheard.forEach(association -> association.abort("nobody is let in here any more"));
    closeIfIdle();
  }

  private void gone(long association) {
    lock.lock();
    try {
      associations.remove(association);
    } finally {
      lock.unlock();
    }
    closeIfIdle();
  }

  private void closeIfIdle() {
    boolean isIdle;
    lock.lock();
    try {
      isIdle = isClosed && associations.isEmpty();
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
    List<IpAddress> hosts = peers.stream().map(one -> IpAddress.ofBytes(one.getAddress())).toList();
    SctpAssociation known =
        new SctpAssociation(
            own,
            association,
            outgoingStreams,
            hosts.getFirst(),
            SctpCall.endpoint(hosts, peerPort),
            () -> gone(association));
    if (!isLetIn(association, known)) {
      own.abort(association, "nobody is let in here now");
    }
  }

  private boolean isLetIn(long number, SctpAssociation association) {
    lock.lock();
    try {
      if (isClosed || waiting.size() >= BACKLOG) {
        return false;
      }
      associations.put(number, association);
      waiting.addLast(association);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void with(long association, Consumer<SctpAssociation> news) {
    @Nullable SctpAssociation known;
    lock.lock();
    try {
      known = associations.get(association);
    } finally {
      lock.unlock();
    }
    if (known != null) {
      news.accept(known);
    }
  }

  @Override
  public void message(long association, byte[] message, int stream, int payloadProtocolId) {
    with(association, known -> known.received(message, stream, payloadProtocolId));
  }

  @Override
  public void writable(long association) {
    with(association, SctpAssociation::writable);
  }

  @Override
  public void path(long association, InetAddress path, Path change) {
    with(association, known -> known.path(path, change));
  }

  @Override
  public void restarted(long association) {
    with(association, SctpAssociation::restarted);
  }

  @Override
  public void down(long association, LossReason reason, String detail) {
    with(association, known -> known.lost(reason, detail));
  }

  /// A user whose association is up.
  private record SctpCaller(SctpAssociation association, boolean hasControl) implements Caller {

    @Override
    public IpAddress host() {
      return association.host();
    }

    @Override
    public Channel shake(TlsOptions tls, Duration limit) throws IOException {
      return FramedChannel.accepted(SctpTlsLine.called(association, tls, limit), hasControl);
    }

    @Override
    public void close() {
      association.close();
    }

    @Override
    public void abort(String reason) {
      association.abort(reason);
    }
  }
}
