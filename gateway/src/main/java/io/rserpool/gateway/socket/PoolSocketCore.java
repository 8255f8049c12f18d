package io.rserpool.gateway.socket;

import io.rserpool.gateway.PoolNames;
import io.rserpool.gateway.call.ElementConnection;
import io.rserpool.gateway.call.PoolCaller;
import io.rserpool.gateway.call.SocketSource;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a [PoolSocket] is made of: a plain socket, chosen when it is connected. Each element that
/// is tried needs a fresh one, so options and the local address are remembered for it.
final class PoolSocketCore extends SocketImpl implements SocketSource {

  private static final Duration WITHOUT_TIMEOUT = Duration.ofSeconds(30);

  private final Supplier<PoolCaller> caller;
  private final PoolNames names;
  private final Companions companions;
  private final Map<Object, SocketSetting> settings = new LinkedHashMap<>();
  private volatile Socket socket = new Socket();
  private volatile @Nullable ElementConnection connection;
  private volatile boolean isClosed;
  private @Nullable InetSocketAddress local;
  private String host = "";

  PoolSocketCore(Supplier<PoolCaller> caller, PoolNames names, Companions companions) {
    this.caller = caller;
    this.names = names;
    this.companions = companions;
  }

  /// Says what the next connect is to reach.
  void aim(String newHost) {
    host = newHost;
  }

  ElementId elementId() {
    ElementConnection present = connection;
    return present == null ? ElementId.NONE : present.elementId();
  }

  @Override
  protected void connect(SocketAddress endpoint, int timeoutMs) throws IOException {
    InetSocketAddress to = (InetSocketAddress) endpoint;
    if (names.isPool(host)) {
      connectToPool(timeoutMs);
      address = InetAddress.getByAddress(host, socket.getInetAddress().getAddress());
    } else {
      InetSocketAddress looked =
          to.getAddress().isAnyLocalAddress() ? new InetSocketAddress(host, to.getPort()) : to;
      if (looked.isUnresolved()) {
        throw new UnknownHostException(host);
      }
      socket.connect(looked, timeoutMs);
      address = socket.getInetAddress();
    }
    port = socket.getPort();
    localport = socket.getLocalPort();
  }

  private void connectToPool(int timeoutMs) throws IOException {
    Duration limit = timeoutMs == 0 ? WITHOUT_TIMEOUT : Duration.ofMillis(timeoutMs);
    long beginNs = System.nanoTime();
    PoolCaller present = caller.get();
    PoolHandle handle = present.handle(host, limit);
    Duration left = limit.minusNanos(System.nanoTime() - beginNs);
    ElementConnection made = present.call(handle, companions.preferred(handle), left, this);
    connection = made;
    companions.joined(made);
    if (isClosed) {
      made.close();
      throw new SocketException("Socket closed");
    }
  }

  /// A fresh socket with everything that was asked for so far, for one element.
  @Override
  public synchronized Socket next() throws IOException {
    Socket fresh = new Socket();
    for (SocketSetting setting : settings.values()) {
      setting.apply(fresh);
    }
    // The former one has the local port, and perhaps a descriptor for its options.
    socket.close();
    InetSocketAddress from = local;
    if (from != null) {
      fresh.bind(from);
    }
    socket = fresh;
    if (isClosed) {
      fresh.close();
      throw new SocketException("Socket closed");
    }
    return fresh;
  }

  @Override
  public boolean isOver() {
    return isClosed;
  }

  @Override
  protected void create(boolean stream) {
    // There is a socket already.
  }

  @Override
  protected void connect(String toHost, int toPort) throws IOException {
    aim(toHost);
    connect(new InetSocketAddress(toHost, toPort), 0);
  }

  @Override
  protected void connect(InetAddress to, int toPort) throws IOException {
    connect(new InetSocketAddress(to, toPort), 0);
  }

  @Override
  protected void bind(InetAddress from, int fromPort) throws IOException {
    socket.bind(new InetSocketAddress(from, fromPort));
    local = new InetSocketAddress(from, socket.getLocalPort());
    localport = socket.getLocalPort();
  }

  @Override
  protected void listen(int backlog) throws IOException {
    throw new SocketException("a socket of a pool does not listen");
  }

  @Override
  protected void accept(SocketImpl accepted) throws IOException {
    throw new SocketException("a socket of a pool does not accept");
  }

  @Override
  protected InputStream getInputStream() throws IOException {
    ElementConnection present = connection;
    InputStream plain = socket.getInputStream();
    return present == null ? plain : new ElementStreams.Input(plain, present);
  }

  @Override
  protected OutputStream getOutputStream() throws IOException {
    ElementConnection present = connection;
    OutputStream plain = socket.getOutputStream();
    return present == null ? plain : new ElementStreams.Output(plain, present);
  }

  @Override
  protected int available() throws IOException {
    return socket.getInputStream().available();
  }

  @Override
  protected void close() throws IOException {
    ElementConnection present;
    synchronized (this) {
      isClosed = true;
      present = connection;
    }
    if (present != null) {
      present.close();
    }
    socket.close();
  }

  @Override
  protected void shutdownInput() throws IOException {
    socket.shutdownInput();
  }

  @Override
  protected void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  protected boolean supportsUrgentData() {
    return true;
  }

  @Override
  protected void sendUrgentData(int data) throws IOException {
    socket.sendUrgentData(data);
  }

  @Override
  protected Set<SocketOption<?>> supportedOptions() {
    return socket.supportedOptions();
  }

  @Override
  protected <T> void setOption(SocketOption<T> name, T value) throws IOException {
    set(name, fresh -> fresh.setOption(name, value));
  }

  @Override
  protected <T> T getOption(SocketOption<T> name) throws IOException {
    return socket.getOption(name);
  }

  @Override
  public void setOption(int optionId, Object value) throws SocketException {
    try {
      set(optionId, fresh -> SocketSetting.set(fresh, optionId, value));
    } catch (SocketException e) {
      throw e;
    } catch (IOException e) {
      throw new SocketException(e.getMessage(), e);
    }
  }

  private synchronized void set(Object name, SocketSetting setting) throws IOException {
    setting.apply(socket);
    settings.put(name, setting);
  }

  @Override
  public Object getOption(int optionId) throws SocketException {
    return SocketSetting.get(socket, optionId);
  }
}
