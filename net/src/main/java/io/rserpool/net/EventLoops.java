package io.rserpool.net;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Event loop threads that several nodes of one JVM share; each node stays on one of them for all
/// its
/// life, so its engine never meets a second thread. Platform threads, since timers of the protocols
/// must not wait behind other people's virtual threads.
///
/// Safe to use from any thread. Close the nodes first.
public final class EventLoops implements AutoCloseable {

  /// How long tasks that are still there may take at the end.
  private static final int SHUTDOWN_TIMEOUT_S = 5;

  private final MultiThreadIoEventLoopGroup group;

  private EventLoops(MultiThreadIoEventLoopGroup group) {
    this.group = group;
  }

  /// Starts event loops; the threads themselves begin with their first node.
  ///
  /// @param threads how many, at least 1
  /// @param name the threads are called `name-1-1` and so on
  public static EventLoops start(int threads, String name) {
    if (threads < 1) {
      throw new IllegalArgumentException("there is at least 1 event loop, but this is " + threads);
    }
    return new EventLoops(
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory(name, true), Sockets.get().ioHandlerFactory()));
  }

  /// The loop of the next node.
  IoEventLoop next() {
    return group.next();
  }

  /// Ends the threads without waiting for it.
  void closeLater() {
    Future<?> _ = group.shutdownGracefully(0, SHUTDOWN_TIMEOUT_S, TimeUnit.SECONDS);
  }

  /// Ends the threads; waits until they are gone. Must not be called from one of them.
  @Override
  public void close() {
    group.shutdownGracefully(0, SHUTDOWN_TIMEOUT_S, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
