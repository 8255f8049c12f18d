package io.rserpool.gateway.listen;

import io.rserpool.client.PoolUser;
import io.rserpool.gateway.GatewaySettings;
import io.rserpool.gateway.call.ElementConnection;
import io.rserpool.gateway.call.PoolCaller;
import io.rserpool.gateway.call.SocketSource;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens at a local address and forwards each connection to one element of a pool, byte by byte.
///
/// The element is chosen when the connection is made, by the pool's policy; one that cannot be
/// reached is reported and the next one tried. A connection that breaks, or whose element is given
/// up, is reset: what the element has done nobody can know, so the program at the other end decides
/// what to repeat. When no element can be reached, the caller is put off by a reset.
public final class PoolListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.gateway");

  private final PoolCaller caller;
  private final PoolHandle handle;
  private final ListenerOptions options;
  private final ServerSocket port;
  private final Semaphore room;
  private final Tally tally = new Tally();
  private final Set<Forwarding> forwardings = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  private PoolListener(
      PoolCaller caller, PoolHandle handle, ListenerOptions options, ServerSocket port) {
    this.caller = caller;
    this.handle = handle;
    this.options = options;
    this.port = port;
    this.room = new Semaphore(options.connectionsMax());
  }

  /// Begins to listen.
  ///
  /// @param at where; port 0 takes any free one
  /// @throws IOException if the address cannot be had
  public static PoolListener open(
      PoolUser user,
      GatewaySettings settings,
      PoolHandle handle,
      InetSocketAddress at,
      ListenerOptions options)
      throws IOException {
    return open(PoolCaller.of(user, settings), handle, at, options);
  }

  /// As the process's settings say, with the pool user that it shares.
  ///
  /// @throws IOException if the address cannot be had
  public static PoolListener open(
      GatewaySettings settings, PoolHandle handle, InetSocketAddress at, ListenerOptions options)
      throws IOException {
    return open(PoolCaller.shared(settings), handle, at, options);
  }

  private static PoolListener open(
      PoolCaller caller, PoolHandle handle, InetSocketAddress at, ListenerOptions options)
      throws IOException {
    ServerSocket port = new ServerSocket();
    try {
      port.bind(at, options.backlog());
    } catch (IOException e) {
      port.close();
      throw new IOException(
          "pool=%s: the gateway cannot listen at %s port %d: %s"
              .formatted(handle, at.getHostString(), at.getPort(), e.getMessage()),
          e);
    }
    PoolListener listener = new PoolListener(caller, handle, options, port);
    Thread.ofVirtual().name("rserpool-gateway-" + handle).start(listener::accept);
    return listener;
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return (InetSocketAddress) port.getLocalSocketAddress();
  }

  /// The pool.
  public PoolHandle handle() {
    return handle;
  }

  /// What it has done so far.
  public ListenerCounters counters() {
    return tally.read();
  }

  private void accept() {
    while (!isClosed) {
      room.acquireUninterruptibly();
      try {
        Socket client = port.accept();
        tally.accepted.increment();
        Thread.ofVirtual().name("rserpool-gateway-forward").start(() -> serve(client));
      } catch (IOException e) {
        room.release();
        if (!isClosed) {
          // A caller that has gone already, or no descriptor for it: the next one may be luckier.
          LOG.warn("pool={} listener={} cannot accept: {}", handle, address(), e.getMessage());
          pause();
        }
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Socket client) {
    try (client) {
      ElementConnection element;
      try {
        client.setTcpNoDelay(true);
        element = caller.call(handle, ElementId.NONE, options.connectLimit(), SocketSource.plain());
      } catch (IOException e) {
        LOG.warn("pool={} a caller is put off: {}", handle, e.getMessage());
        tally.refused.increment();
        abort(client);
        return;
      }
      forward(client, element);
    } catch (IOException e) {
      LOG.debug("pool={} {}", handle, e.getMessage());
    } finally {
      room.release();
    }
  }

  private void forward(Socket client, ElementConnection element) throws IOException {
    Forwarding forwarding = new Forwarding(client, element, tally);
    forwardings.add(forwarding);
    boolean isOrderly = false;
    try (element) {
      if (isClosed) {
        forwarding.abort();
      }
      isOrderly = forwarding.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      forwarding.abort();
    } finally {
      forwardings.remove(forwarding);
      (isOrderly ? tally.ended : tally.broken).increment();
    }
  }

  static void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException _) {
      // It is gone already.
    }
  }

  /// Lets nobody in any more and ends all connections.
  @Override
  public void close() {
    isClosed = true;
    try {
      port.close();
    } catch (IOException _) {
      // It is of no use any more either way.
    }
    forwardings.forEach(Forwarding::abort);
  }

  @Override
  public String toString() {
    return "gateway to pool=" + handle + " at " + address();
  }
}
