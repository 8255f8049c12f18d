package io.rserpool.gateway.call;

import io.rserpool.client.ElementWatch;
import io.rserpool.client.PoolUser;
import io.rserpool.client.RSerPoolException;
import io.rserpool.client.UnknownPoolException;
import io.rserpool.gateway.GatewaySettings;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Finds and calls the elements of pools, for any number of threads.
public final class PoolCaller {

  private static final Map<GatewaySettings, PoolCaller> SHARED = new ConcurrentHashMap<>();

  private final PoolUser user;
  private final GatewaySettings settings;
  private final Choices choices = new Choices();
  private final HashMap<PoolHandle, Lookout> lookouts = new HashMap<>();

  private PoolCaller(PoolUser user, GatewaySettings settings) {
    this.user = user;
    this.settings = settings;
  }

  /// With a pool user that somebody else closes.
  public static PoolCaller of(PoolUser user, GatewaySettings settings) {
    return new PoolCaller(user, settings);
  }

  /// The one that everybody in this process uses who has the same settings, for as long as the
  /// process lives: drivers make a factory for each connection, and each pool user has a thread and
  /// a connection of its own.
  public static PoolCaller shared(GatewaySettings settings) {
    return SHARED.computeIfAbsent(
        settings, same -> new PoolCaller(PoolUser.open(same.scope()), same));
  }

  /// How pools are found and called.
  public GatewaySettings settings() {
    return settings;
  }

  /// The pool that a host name means.
  ///
  /// @throws UnknownHostException if the name is not well written
  public PoolHandle handle(String host, Duration limit) throws IOException {
    List<PoolHandle> handles;
    try {
      handles = settings.names().handles(host);
    } catch (IllegalArgumentException e) {
      throw new UnknownHostException(e.getMessage());
    }
    for (PoolHandle handle : handles.subList(0, handles.size() - 1)) {
      try {
        Bounded.ask(what(handle), limit, () -> user.resolve(handle));
        return handle;
      } catch (UnknownPoolException _) {
        // The next way to write it may be right.
      }
    }
    return handles.getLast();
  }

  /// The elements of a pool, the one that its policy chooses first; counts as a use of that one. It
  /// is not chosen again for the connection that follows at once, so that programs which look a
  /// name up and then use a socket of a pool use their pool once, not twice.
  public List<PoolElementParameter> candidates(PoolHandle handle, Duration limit)
      throws IOException {
    try {
      return Bounded.ask(
          what(handle),
          limit,
          () -> {
            PoolElementParameter chosen = user.select(handle);
            List<PoolElementParameter> all = new ArrayList<>(List.of(chosen));
            user.resolve(handle).elements().stream()
                .filter(other -> !other.elementId().equals(chosen.elementId()))
                .forEach(all::add);
            choices.note(handle, chosen);
            return all;
          });
    } catch (UnknownPoolException e) {
      throw Bounded.translate(what(handle), e);
    }
  }

  /// Connects to an element: the preferred one if it is in the pool, else the one that the policy
  /// chooses, else the others, each of them once. Those that cannot be reached are reported.
  ///
  /// @param preferred an element, or [ElementId#NONE]
  /// @param limit how long it may take in all
  /// @throws IOException that says what was tried
  public ElementConnection call(
      PoolHandle handle, ElementId preferred, Duration limit, SocketSource sockets)
      throws IOException {
    Lookout lookout = enter(handle);
    ElementWatch watch = lookout.watch();
    boolean isConnected = false;
    try {
      long chosenAt = watch.version();
      Call.Reached reached = new Call(this, handle, watch, limit).reach(preferred, sockets);
      PoolElementParameter element = reached.element();
      ElementConnection connection =
          new ElementConnection(
              handle,
              watch.connected(element, chosenAt),
              reached.socket(),
              ended -> {
                lookout.remove(ended);
                leave(handle);
              },
              () -> watch.broken(element.elementId()));
      isConnected = true;
      lookout.add(connection);
      return connection;
    } finally {
      if (!isConnected) {
        leave(handle);
      }
    }
  }

  /// A pool is watched as long as there are connections with it, or calls.
  private Lookout enter(PoolHandle handle) throws IOException {
    try {
      synchronized (lookouts) {
        Lookout lookout =
            lookouts.computeIfAbsent(handle, of -> new Lookout(user, of, settings.quietTime()));
        lookout.enter();
        return lookout;
      }
    } catch (RSerPoolException e) {
      throw Bounded.translate(what(handle), e);
    }
  }

  private void leave(PoolHandle handle) {
    synchronized (lookouts) {
      Lookout lookout = lookouts.get(handle);
      if (lookout != null && lookout.leave()) {
        lookouts.remove(handle);
      }
    }
  }

  /// What is asked of whom, for texts of errors.
  String what(PoolHandle handle) {
    return "pool=" + handle + " registrars=" + settings.scope().registrars();
  }

  PoolUser user() {
    return user;
  }

  Choices choices() {
    return choices;
  }

  /// Reports an element that could not be reached, without waiting.
  private void report(PoolHandle handle, ElementId elementId) {
    Thread.ofVirtual()
        .name("rserpool-gateway-report")
        .start(() -> {
          try {
            user.report(handle, elementId);
          } catch (RSerPoolException _) {
            // Registrars find out by themselves as well.
          }
        });
  }

  /// Insists that a pool has elements.
  ///
  /// @throws IOException if it has none, or no registrar answers
  public void require(PoolHandle handle, Duration limit) throws IOException {
    try {
      Bounded.ask(what(handle), limit, () -> user.resolve(handle));
    } catch (UnknownPoolException e) {
      throw Bounded.translate(what(handle), e);
    }
  }

  /// Where an element is called.
  ///
  /// @throws IOException if its bytes cannot be had over plain TCP
  public static InetSocketAddress address(PoolElementParameter element) throws IOException {
    TransportAddress transport = element.userTransport();
    if (transport.kind() != TransportAddress.Kind.TCP
        || transport.use() != TransportUse.DATA_ONLY) {
      throw new UnusableElementException(
          ("a byte stream needs an element that is reached by TCP with data only, but element=%s is"
                  + " reached by %s with %s")
              .formatted(element.elementId(), transport.kind(), transport.use()));
    }
    return new InetSocketAddress(
        InetAddress.getByAddress(transport.addresses().getFirst().toBytes()), transport.port());
  }

  /// Whether an element lets callers in; reports it if not.
  ///
  /// @throws IOException if its bytes cannot be had over plain TCP
  public boolean isThere(PoolHandle handle, PoolElementParameter element, Duration limit)
      throws IOException {
    InetSocketAddress address = address(element);
    Socket socket = new Socket();
    try {
      socket.connect(address, Call.ms(limit));
      return true;
    } catch (IOException _) {
      report(handle, element.elementId());
      return false;
    } finally {
      ElementConnection.closeQuietly(socket);
    }
  }
}
