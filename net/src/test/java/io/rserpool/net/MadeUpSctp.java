package io.rserpool.net;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpSocket;
import io.rserpool.net.sctp.SctpStack;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// SCTP without a network: sockets of one stack reach each other by their ports. Everything that is
/// told is told by a thread of its own.
final class MadeUpSctp implements SctpStack, AutoCloseable {

  /// So many messages wait for an association that is paused; then its peer's are not taken.
  private static final int WAITING_MAX = 4;

  private final Endpoint.Scheme scheme;
  private final String obstacle;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Map<Integer, Socket> sockets = new HashMap<>();
  private int nextPort = 50_000;

  /// How many messages each association takes before it says that it is full.
  private int room = Integer.MAX_VALUE;

  MadeUpSctp(Endpoint.Scheme scheme, String obstacle) {
    this.scheme = scheme;
    this.obstacle = obstacle;
  }

  static MadeUpSctp usable() {
    return new MadeUpSctp(Endpoint.Scheme.SCTP, "");
  }

  synchronized void room(int messages) {
    room = messages;
    sockets.values().forEach(Socket::tellWritable);
  }

  /// Something happens to all associations of a port.
  synchronized void happens(int port, Happening happening) {
    Socket socket = sockets.get(port);
    List.copyOf(socket.others.keySet())
        .forEach(number -> thread.execute(() -> happening.to(socket.listener, number)));
  }

  /// What the listener of a socket may hear.
  interface Happening {
    void to(SctpListener listener, long number);
  }

  @Override
  public Endpoint.Scheme scheme() {
    return scheme;
  }

  @Override
  public Optional<String> obstacle() {
    return obstacle.isEmpty() ? Optional.empty() : Optional.of(obstacle);
  }

  @Override
  public synchronized SctpSocket open(SctpOptions options, SctpListener listener)
      throws IOException {
    int port = options.port() == 0 ? nextPort++ : options.port();
    if (sockets.containsKey(port)) {
      throw new IOException("port " + port + " is in use");
    }
    Socket socket = new Socket(port, options, listener);
    sockets.put(port, socket);
    return socket;
  }

  @Override
  public void close() {
    thread.close();
  }

  private final class Socket implements SctpSocket {
    private final int port;
    private final SctpOptions options;
    private final SctpListener listener;
    private final Map<Long, Socket> others = new HashMap<>();
    private final Map<Long, Long> otherNumbers = new HashMap<>();

    /// What waits for associations that are paused.
    private final Map<Long, List<Runnable>> paused = new HashMap<>();

    private long last;

    Socket(int port, SctpOptions options, SctpListener listener) {
      this.port = port;
      this.options = options;
      this.listener = listener;
    }

    @Override
    public int port() {
      return port;
    }

    @Override
    public List<InetAddress> addresses() {
      return options.addresses();
    }

    @Override
    public long connect(List<InetAddress> peers, int peerPort) {
      synchronized (MadeUpSctp.this) {
        long number = ++last;
        Socket other = sockets.get(peerPort);
        if (other == null || !other.options.listens()) {
          thread.execute(() -> listener.down(number, LossReason.REFUSED, "nobody listens there"));
          return number;
        }
        long otherNumber = ++other.last;
        join(number, other, otherNumber);
        other.join(otherNumber, this, number);
        List<InetAddress> here =
            options.addresses().isEmpty()
                ? List.of(InetAddress.ofLiteral("127.0.0.1"))
                : options.addresses();
        thread.execute(() -> listener.up(number, false, peers, peerPort, here, 2));
        thread.execute(() -> other.listener.up(otherNumber, true, here, port, peers, 2));
        return number;
      }
    }

    @Override
    public boolean send(long number, byte[] message, int stream, int ppid) {
      synchronized (MadeUpSctp.this) {
        Socket other = others.get(number);
        if (other == null) {
          return true;
        }
        long otherNumber = otherNumbers.get(number);
        if (room == 0 || other.waiting(otherNumber) == WAITING_MAX) {
          return false;
        }
        room--;
        other.tell(otherNumber, () -> other.listener.message(otherNumber, message, stream, ppid));
        return true;
      }
    }

    @Override
    public void pause(long number) {
      synchronized (MadeUpSctp.this) {
        paused.putIfAbsent(number, new ArrayList<>());
      }
    }

    @Override
    public void resume(long number) {
      synchronized (MadeUpSctp.this) {
        List<Runnable> waiting = paused.remove(number);
        if (waiting == null) {
          return;
        }
        waiting.forEach(thread::execute);
        Socket other = others.get(number);
        if (other != null) {
          long otherNumber = otherNumbers.get(number);
          thread.execute(() -> other.listener.writable(otherNumber));
        }
      }
    }

    private int waiting(long number) {
      return paused.getOrDefault(number, List.of()).size();
    }

    private void tell(long number, Runnable news) {
      List<Runnable> waiting = paused.get(number);
      if (waiting == null) {
        thread.execute(news);
      } else {
        waiting.add(news);
      }
    }

    @Override
    public void shutdown(long number) {
      leave(number, LossReason.CLOSED, "closed by the peer", true);
    }

    @Override
    public void abort(long number, String reason) {
      leave(number, LossReason.RESET, "aborted by the peer: " + reason, false);
    }

    @Override
    public void close() {
      synchronized (MadeUpSctp.this) {
        new ArrayList<>(others.keySet()).forEach(this::shutdown);
        sockets.remove(port);
      }
    }

    private void join(long number, Socket other, long otherNumber) {
      others.put(number, other);
      otherNumbers.put(number, otherNumber);
    }

    private void leave(long number, LossReason reason, String detail, boolean tellsHere) {
      synchronized (MadeUpSctp.this) {
        Socket other = others.remove(number);
        Long otherNumber = otherNumbers.remove(number);
        if (other == null || otherNumber == null) {
          return;
        }
        other.others.remove(otherNumber);
        other.otherNumbers.remove(otherNumber);
        if (reason != LossReason.CLOSED) {
          other.paused.remove(otherNumber);
        }
        other.tell(otherNumber, () -> other.listener.down(otherNumber, reason, detail));
        paused.remove(number);
        if (tellsHere) {
          thread.execute(() -> listener.down(number, LossReason.CLOSED, "closed"));
        }
      }
    }

    private void tellWritable() {
      List.copyOf(others.keySet())
          .forEach(number -> thread.execute(() -> listener.writable(number)));
    }
  }
}
