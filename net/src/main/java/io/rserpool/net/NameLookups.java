package io.rserpool.net;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.rserpool.engine.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The threads on which names are looked up, since that blocks: a few for all nodes of the JVM, and
/// none while there is nothing to look up.
final class NameLookups {

  private static final int THREADS = 4;

  /// Calls that may wait for a slow name server; more fail at once.
  private static final int WAITING_MAX = 1_024;

  private NameLookups() {}

  /// Finds the addresses of an endpoint, anew each time; on the event loop itself where no name has to
  /// be looked up.
  ///
  /// @param loop runs whichever of the other two is told, later
  /// @param found takes all addresses, in order
  /// @param failed takes the reason, for people
  static void resolve(
      Endpoint endpoint,
      Executor loop,
      Consumer<List<InetAddress>> found,
      Consumer<String> failed) {
    if (endpoint.port() == 0) {
      loop.execute(() -> failed.accept("port 0 cannot be called"));
    } else if (Addresses.needNoLookup(endpoint)) {
      loop.execute(() -> lookUp(endpoint, loop, found, failed));
    } else {
      try {
        Holder.EXECUTOR.execute(() -> lookUp(endpoint, loop, found, failed));
      } catch (RejectedExecutionException _) {
        loop.execute(() -> failed.accept("too many names are being looked up"));
      }
    }
  }

  private static void lookUp(
      Endpoint endpoint,
      Executor loop,
      Consumer<List<InetAddress>> found,
      Consumer<String> failed) {
    try {
      List<InetAddress> addresses = Addresses.resolve(endpoint);
      loop.execute(() -> found.accept(addresses));
    } catch (UnknownHostException e) {
      String text = Failures.text(e);
      loop.execute(() -> failed.accept("no address is known for " + text));
    } catch (RejectedExecutionException _) {
      // The node is closed.
    }
  }

  private static final class Holder {
    private static final ThreadPoolExecutor EXECUTOR = create();

    private static ThreadPoolExecutor create() {
      ThreadPoolExecutor executor =
          new ThreadPoolExecutor(
              THREADS,
              THREADS,
              10,
              TimeUnit.SECONDS,
              new ArrayBlockingQueue<>(WAITING_MAX),
              new DefaultThreadFactory("rserpool-names", true));
      executor.allowCoreThreadTimeOut(true);
      return executor;
    }
  }
}
