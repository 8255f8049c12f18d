package io.rserpool.client.channel;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpSocket;
import io.rserpool.net.sctp.SctpStack;
import io.rserpool.net.sctp.SctpStacks;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/// SCTP within one process, for tests: a port reaches another by its number. One thread tells
/// everybody everything, as a stack does; what it tells a paused association waits, and the other end
/// can send a little only.
public final class ToySctp implements SctpStack, AutoCloseable {

  /// So many bytes are on their way in one direction, and then the sender waits.
  static final int WINDOW_BYTES = Channel.MESSAGE_BYTES_MAX;

  public static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");

  private final ExecutorService teller = Executors.newSingleThreadExecutor();
  private final Map<Integer, Port> ports = new HashMap<>();
  private final List<List<InetAddress>> calls = new ArrayList<>();
  private int nextPort = 40_000;
  private int unordered;
  private boolean isDeaf;
  private UnaryOperator<UserMessage> tap = message -> message;

  public ToySctp() {}

  /// As [Channels#open], by this stack.
  public Channel call(TransportAddress address, Duration timeout) throws IOException {
    return call(address, timeout, SctpOptions.defaults(), TlsOptions.OFF);
  }

  /// As [Channels#open], by this stack.
  public Channel call(
      TransportAddress address, Duration timeout, SctpOptions options, TlsOptions tls)
      throws IOException {
    return address.kind() == TransportAddress.Kind.SCTP
        ? SctpCall.open(stacks(), options, address, timeout, tls)
        : Channels.open(address, timeout, options, tls);
  }

  /// As [Channels#listen], by this stack.
  public ServicePort listen(List<IpAddress> addresses, int port) throws IOException {
    return door(TransportUse.DATA_PLUS_CONTROL, addresses, port);
  }

  /// As [Channels#listen], by this stack.
  public ServicePort listen(TransportUse use, List<IpAddress> addresses, TlsOptions tls)
      throws IOException {
    SctpServicePort plain = door(use, addresses, 0);
    return tls.isOn() ? new TlsServicePort(plain, tls) : plain;
  }

  SctpServicePort door(TransportUse use, List<IpAddress> addresses, int port) throws IOException {
    return SctpServicePort.open(stacks(), SctpOptions.defaults(), use, addresses, port);
  }

  private SctpStacks stacks() {
    return new SctpStacks(List.of(this));
  }

  /// Sees, and perhaps changes, all that goes over the wire from now on.
  synchronized void tap(UnaryOperator<UserMessage> newTap) {
    tap = newTap;
  }

  /// Nobody hears a call any more.
  synchronized void deaf() {
    isDeaf = true;
  }

  /// The addresses of every call.
  public synchronized List<List<InetAddress>> calls() {
    return List.copyOf(calls);
  }

  /// Whether somebody is held back by a peer that reads nothing.
  synchronized boolean holdsBack() {
    return ports.values().stream()
        .flatMap(port -> port.ends.values().stream())
        .anyMatch(end -> end.isPaused && end.hasRefused);
  }

  /// How many messages were sent unordered.
  public synchronized int unordered() {
    return unordered;
  }

  /// How many ports are open.
  public synchronized int openPorts() {
    return ports.size();
  }

  /// What the other ends of a port's associations are told of it, and nothing is told to itself.
  public synchronized void happens(int port, LossReason reason) {
    for (End end : List.copyOf(ports.get(port).ends.values())) {
      end.loseTo(reason, "it happened");
    }
  }

  /// The process behind a port dies: its users are told why, and nobody listens any more.
  public synchronized void kill(int port, LossReason reason) {
    happens(port, reason);
    ports.remove(port);
  }

  /// The process behind a port has died and another one uses its associations.
  synchronized void restart(int port) {
    for (End end : ports.get(port).ends.values()) {
      End other = end.other;
      other.tell(() -> other.port.listener.restarted(other.number));
    }
  }

  /// A path of a port's associations changes.
  synchronized void path(int port, SctpListener.Path change) {
    for (End end : ports.get(port).ends.values()) {
      end.tell(() -> end.port.listener.path(end.number, HOST, change));
    }
  }

  private void execute(Runnable news) {
    if (!teller.isShutdown()) {
      teller.execute(news);
    }
  }

  @Override
  public Endpoint.Scheme scheme() {
    return Endpoint.Scheme.SCTP;
  }

  @Override
  public Optional<String> obstacle() {
    return Optional.empty();
  }

  @Override
  public synchronized SctpSocket open(SctpOptions options, SctpListener listener)
      throws IOException {
    int number = options.port() == 0 ? nextPort++ : options.port();
    if (ports.containsKey(number)) {
      throw new IOException("port " + number + " is taken");
    }
    Port port = new Port(number, options, listener);
    ports.put(number, port);
    return port;
  }

  @Override
  public void close() {
    teller.close();
  }

  /// One end of an association.
  private final class End {
    private final Port port;
    private final long number;
    private final Deque<Runnable> later = new ArrayDeque<>();
    private End other = this;
    private boolean isPaused;
    private long waitingBytes;
    private boolean hasRefused;

    private End(Port port, long number) {
      this.port = port;
      this.number = number;
    }

    private void tell(Runnable news) {
      if (isPaused) {
        later.add(news);
      } else {
        execute(news);
      }
    }

    private boolean take(byte[] message, int stream, int ppid) {
      if (waitingBytes + message.length > WINDOW_BYTES) {
        hasRefused = true;
        return false;
      }
      waitingBytes += message.length;
      tell(() -> {
        port.listener.message(number, message, stream, ppid);
        delivered(message.length);
      });
      return true;
    }

    private void delivered(int bytes) {
      synchronized (ToySctp.this) {
        waitingBytes -= bytes;
        if (hasRefused) {
          hasRefused = false;
          execute(() -> other.port.listener.writable(other.number));
        }
      }
    }

    private void goOn() {
      isPaused = false;
      later.forEach(ToySctp.this::execute);
      later.clear();
    }

    /// Ends both sides; the other one is told why.
    private void loseTo(LossReason reason, String detail) {
      port.ends.remove(number);
      other.port.ends.remove(other.number);
      other.tell(() -> other.port.listener.down(other.number, reason, detail));
    }
  }

  private final class Port implements SctpSocket {
    private final int number;
    private final SctpOptions options;
    private final SctpListener listener;
    private final Map<Long, End> ends = new HashMap<>();
    private long last;

    private Port(int number, SctpOptions options, SctpListener listener) {
      this.number = number;
      this.options = options;
      this.listener = listener;
    }

    private End newEnd() {
      End end = new End(this, ++last);
      ends.put(end.number, end);
      return end;
    }

    @Override
    public int port() {
      return number;
    }

    @Override
    public List<InetAddress> addresses() {
      return options.addresses().isEmpty() ? List.of(HOST) : options.addresses();
    }

    @Override
    public long connect(List<InetAddress> peers, int peerPort) {
      synchronized (ToySctp.this) {
        calls.add(List.copyOf(peers));
        Port called = ports.get(peerPort);
        if (isDeaf) {
          return ++last;
        }
        if (called == null || !called.options.listens()) {
          long lost = ++last;
          execute(() -> listener.down(lost, LossReason.REFUSED, "nobody listens"));
          return lost;
        }
        End here = newEnd();
        End there = called.newEnd();
        here.other = there;
        there.other = here;
        execute(() -> listener.up(here.number, false, peers, peerPort, addresses(), 2));
        execute(() -> called.listener.up(there.number, true, addresses(), number, peers, 2));
        return here.number;
      }
    }

    @Override
    public boolean send(long association, byte[] message, int stream, int payloadProtocolId) {
      if (stream < 0 || stream >= 2) {
        throw new IllegalArgumentException("streams are 0 and 1, but this is " + stream);
      }
      synchronized (ToySctp.this) {
        End end = ends.get(association);
        if (end == null) {
          return false;
        }
        UserMessage sent =
            tap.apply(new UserMessage(message, Integer.toUnsignedLong(payloadProtocolId), stream));
        return end.other.take(sent.bytes(), stream, payloadProtocolId);
      }
    }

    @Override
    public boolean sendUnordered(
        long association, byte[] message, int stream, int payloadProtocolId) {
      synchronized (ToySctp.this) {
        unordered++;
      }
      return send(association, message, stream, payloadProtocolId);
    }

    @Override
    public void pause(long association) {
      synchronized (ToySctp.this) {
        End end = ends.get(association);
        if (end != null) {
          end.isPaused = true;
        }
      }
    }

    @Override
    public void resume(long association) {
      synchronized (ToySctp.this) {
        End end = ends.get(association);
        if (end != null) {
          end.goOn();
        }
      }
    }

    @Override
    public void shutdown(long association) {
      synchronized (ToySctp.this) {
        End end = ends.get(association);
        if (end != null) {
          end.loseTo(LossReason.CLOSED, "closed by the peer");
          end.tell(() -> listener.down(association, LossReason.CLOSED, "closed"));
        }
      }
    }

    @Override
    public void abort(long association, String reason) {
      synchronized (ToySctp.this) {
        End end = ends.get(association);
        if (end != null) {
          end.loseTo(LossReason.RESET, "aborted: " + reason);
        }
      }
    }

    @Override
    public void close() {
      synchronized (ToySctp.this) {
        ports.remove(number);
        List.copyOf(ends.values()).forEach(end -> end.loseTo(LossReason.CLOSED, "closed"));
      }
    }
  }
}
