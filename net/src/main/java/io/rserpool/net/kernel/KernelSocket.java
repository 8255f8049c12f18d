package io.rserpool.net.kernel;

import com.sun.nio.sctp.Association;
import com.sun.nio.sctp.SctpChannel;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpSocket;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A port with its associations, and the one thread that reads from all of them. What other threads ask
/// for waits in a queue until that thread does it, except for sending, which they do themselves.
final class KernelSocket implements SctpSocket {

  /// What the thread is woken for.
  interface Ready {
    void ready(SelectionKey key);
  }

  private static final Logger LOG = LoggerFactory.getLogger(KernelSocket.class);

  private static final int READ_BYTES = 1 << 16;

  /// The kernel takes no longer text into an ABORT than fits into one packet.
  private static final int REASON_BYTES_MAX = 200;

  private final SctpListener listener;
  private final Port port;
  private final Selector selector;
  private final Caller caller;
  private final AtomicLong numbers = new AtomicLong();
  private final ConcurrentHashMap<Long, Admitted> associations = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Runnable> requests = new ConcurrentLinkedQueue<>();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);
  private volatile boolean isClosed;

  private KernelSocket(SctpOptions options, SctpListener listener, Port port) throws IOException {
    this.listener = listener;
    this.port = port;
    this.selector = Selector.open();
    this.caller =
        port.nativeSide().isPresent()
            ? new SharedPortCaller(this, options, port, port.nativeSide().get())
            : new OwnPortCaller(this, options);
  }

  static KernelSocket open(SctpOptions options, SctpListener listener) throws IOException {
    Port port = Port.open(options);
    try {
      KernelSocket socket = new KernelSocket(options, listener, port);
      Arrivals arrivals = new Arrivals(socket, listener, options, port, socket.caller);
      port.channel().register(socket.selector, SelectionKey.OP_READ, arrivals);
      Thread.ofPlatform().daemon().name("rserpool-sctp-" + port.number()).start(socket::run);
      return socket;
    } catch (IOException e) {
      closeQuietly(port.channel());
      throw e;
    }
  }

  @Override
  public int port() {
    return port.number();
  }

  @Override
  public List<InetAddress> addresses() {
    try {
      return Peer.hosts(port.channel().getAllLocalAddresses());
    } catch (IOException e) {
      return port.addresses();
    }
  }

  @Override
  public long connect(List<InetAddress> peers, int peerPort) {
    if (peers.isEmpty()) {
      throw new IllegalArgumentException("a call needs at least one address");
    }
    long number = nextNumber();
    List<InetAddress> copy = List.copyOf(peers);
    later(() -> caller.call(number, copy, peerPort));
    return number;
  }

  @Override
  public boolean send(long association, byte[] message, int stream, int payloadProtocolId) {
    return send(association, message, stream, payloadProtocolId, false);
  }

  @Override
  public boolean sendUnordered(
      long association, byte[] message, int stream, int payloadProtocolId) {
    return send(association, message, stream, payloadProtocolId, true);
  }

  private boolean send(
      long association, byte[] message, int stream, int payloadProtocolId, boolean isUnordered) {
    if (message.length < 1 || message.length > Assembly.MESSAGE_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a message has 1 to %d bytes, but this has %d"
              .formatted(Assembly.MESSAGE_BYTES_MAX, message.length));
    }
    Admitted known = associations.get(association);
    return known != null && known.send(message, stream, payloadProtocolId, isUnordered);
  }

  @Override
  public void pause(long association) {
    Admitted known = associations.get(association);
    if (known != null) {
      known.pause();
    }
  }

  @Override
  public void resume(long association) {
    Admitted known = associations.get(association);
    if (known != null) {
      known.resume();
    }
  }

  @Override
  public void shutdown(long association) {
    later(() -> {
      Admitted known = associations.get(association);
      if (known != null) {
        known.shutdown();
      } else if (caller.cancel(association, "shut down before it was up")) {
        down(association, LossReason.CLOSED, "the call was ended before it was answered");
      }
    });
  }

  @Override
  public void abort(long association, String reason) {
    Admitted known = associations.remove(association);
    if (known != null) {
      known.mute();
    }
    later(() -> {
      // It may have come up between the request and now.
      Admitted late = known == null ? associations.get(association) : known;
      if (late != null) {
        late.abort(reason);
      } else {
        var _ = caller.cancel(association, reason);
      }
    });
  }

  @Override
  public void close() {
    isClosed = true;
    closeQuietly(port.channel());
    associations.values().forEach(Admitted::close);
    selector.wakeup();
  }

  // What follows is for the classes of this package, on the thread of the socket unless it says
  // otherwise.

  /// From any thread.
  void later(Runnable request) {
    requests.add(request);
    selector.wakeup();
  }

  /// From any thread.
  long nextNumber() {
    return numbers.incrementAndGet();
  }

  Selector selector() {
    return selector;
  }

  /// For one receive at a time.
  ByteBuffer readBuffer() {
    return readBuffer;
  }

  /// Takes an association that is up, on a channel of its own.
  void admit(
      long number,
      boolean isIncoming,
      SctpChannel channel,
      Association association,
      Optional<KernelAssociation.Native> nativeSide,
      Peer peer)
      throws IOException {
    KernelAssociation admitted =
        new KernelAssociation(
            this, number, channel, association, nativeSide.orElse(null), listener, peer);
    admitted.register(selector);
    admit(admitted, isIncoming, peer);
  }

  /// Tells of an association.
  void admit(Admitted admitted, boolean isIncoming, Peer peer) {
    associations.put(admitted.number(), admitted);
    if (isClosed) {
      admitted.close();
      return;
    }
    listener.up(
        admitted.number(),
        isIncoming,
        peer.addresses(),
        peer.port(),
        peer.locals(),
        admitted.outgoingStreams());
  }

  /// A call has failed.
  void down(long number, LossReason reason, String detail) {
    if (!isClosed) {
      listener.down(number, reason, detail);
    }
  }

  /// From any thread.
  void forget(long number) {
    associations.remove(number);
  }

  /// From any thread.
  static void closeQuietly(Closeable channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing a channel of SCTP failed: {}", e.getMessage());
    }
  }

  static byte[] reason(String why) {
    byte[] text = why.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(text, Math.min(text.length, REASON_BYTES_MAX));
  }

  private void run() {
    try {
      while (!isClosed) {
        selector.select(this::turn);
        for (Runnable next = requests.poll(); next != null && !isClosed; next = requests.poll()) {
          doNext(next);
        }
      }
    } catch (IOException | ClosedSelectorException e) {
      LOG.error("SCTP at port {} has stopped: {}", port.number(), e.getMessage());
    } finally {
      close();
      selector.keys().forEach(key -> closeQuietly(key.channel()));
      closeQuietly(selector);
    }
  }

  private void doNext(Runnable request) {
    try {
      request.run();
    } catch (RuntimeException e) {
      LOG.error("a fault in SCTP at port {}", port.number(), e);
    }
  }

  /// A fault costs the association at which it has shown, and not the others.
  private void turn(SelectionKey key) {
    if (isClosed || !key.isValid() || !(key.attachment() instanceof Ready ready)) {
      return;
    }
    try {
      ready.ready(key);
    } catch (RuntimeException e) {
      LOG.error("a fault in SCTP at port {}", port.number(), e);
      if (ready instanceof KernelAssociation association) {
        association.breakOff("a fault of this program: " + e);
      }
    }
  }
}
