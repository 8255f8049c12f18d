package io.rserpool.gateway.call;

import io.rserpool.client.ElementWatch;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// One connection to an element of a pool, and whether its element was given up.
public final class ElementConnection implements AutoCloseable {

  private final PoolHandle handle;
  private final ElementWatch.Connection watched;
  private final Socket socket;
  private final Consumer<ElementConnection> onClosed;
  private final Runnable onBroken;
  private final AtomicBoolean isOver = new AtomicBoolean();
  private volatile String lost = "";

  ElementConnection(
      PoolHandle handle,
      ElementWatch.Connection watched,
      Socket socket,
      Consumer<ElementConnection> onClosed,
      Runnable onBroken) {
    this.handle = handle;
    this.watched = watched;
    this.socket = socket;
    this.onClosed = onClosed;
    this.onBroken = onBroken;
  }

  /// The pool.
  public PoolHandle handle() {
    return handle;
  }

  /// The element at the other end.
  public ElementId elementId() {
    return watched.element();
  }

  /// The connected socket.
  public Socket socket() {
    return socket;
  }

  /// Whether it was neither closed nor given up.
  public boolean isOpen() {
    return !isOver.get();
  }

  /// Notes that bytes have come.
  public void heard() {
    watched.heard();
  }

  boolean isQuietFor(Duration time) {
    return watched.isQuietFor(time);
  }

  /// Ends the connection under whoever waits for it, since its element is out of the pool and
  /// silent.
  void lose(String reason) {
    lost = reason;
    if (isOver.compareAndSet(false, true)) {
      abort(socket);
      closed();
    }
  }

  /// What to tell the user of the socket about an exception of it; reports the element if it is the
  /// element's fault.
  public IOException explain(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return e;
    }
    if (!lost.isEmpty()) {
      SocketException told = new SocketException(this + " was given up: " + lost);
      told.initCause(e);
      return told;
    }
    if (isOver.compareAndSet(false, true)) {
      closed();
      // An interrupt closes the socket of a virtual thread: nobody's fault.
      if (!Thread.currentThread().isInterrupted()) {
        onBroken.run();
      }
    }
    return e;
  }

  /// Ends the connection with a reset, so that the other end does not take it for an orderly end.
  public void abort() {
    if (isOver.compareAndSet(false, true)) {
      closed();
    }
    abort(socket);
  }

  private void closed() {
    watched.close();
    onClosed.accept(this);
  }

  static void abort(Socket socket) {
    try {
      // Closing then sends a reset instead of an orderly end.
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // It is broken already.
    }
    closeQuietly(socket);
  }

  static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is of no use any more either way.
    }
  }

  /// Ends the connection in order.
  @Override
  public void close() throws IOException {
    if (isOver.compareAndSet(false, true)) {
      closed();
    }
    socket.close();
  }

  @Override
  public String toString() {
    return "the connection with pool=" + handle + " element=" + elementId();
  }
}
