package io.rserpool.cli.demo;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Subscription;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The registrar and the servers, once all of them are ready.
///
/// @param registrar the address at which clients reach the registrar
/// @param servers in the order of their numbers
record Cast(String registrar, List<Server> servers) {
  static final PoolHandle POOL = PoolHandle.of("DemoPool");

  private static final int SERVERS = 4;
  private static final Pattern REGISTRAR_READY =
      Pattern.compile("(?m)^registrar .* asap (tcp://[^\\s,]+)");
  private static final Pattern SERVER_READY =
      Pattern.compile("(?m)^serving .* element (0x[0-9a-f]{8}) ");

  /// Starts all processes on free ports and waits until each has said that it is ready.
  ///
  /// @param deadlineNs by [System#nanoTime]
  static Cast start(Children children, long deadlineNs) {
    Child registrar =
        children.start(
            "registrar",
            "registrar",
            "--asap=tcp://127.0.0.1:0",
            "--enrp=tcp://127.0.0.1:0",
            "--end-with-input");
    String address = registrar.await(REGISTRAR_READY, deadlineNs).group(1);
    List<Child> started = new ArrayList<>();
    for (int number = 1; number <= SERVERS; number++) {
      started.add(
          children.start(
              "server " + number,
              "serve",
              "fractal",
              "--pool=" + POOL,
              "--registrar=" + address,
              "--end-with-input"));
    }
    List<Server> servers = new ArrayList<>();
    for (Child child : started) {
      String id = child.await(SERVER_READY, deadlineNs).group(1);
      servers.add(new Server(servers.size() + 1, ElementId.parse(id), child));
    }
    return new Cast(address, List.copyOf(servers));
  }

  /// Subscribes to the pool, and waits until the registrar lists all servers.
  ///
  /// @param deadlineNs by [System#nanoTime]
  /// @param members told at every change who is in the pool
  Subscription watch(PoolUser user, long deadlineNs, Consumer<Set<ElementId>> members) {
    CountDownLatch complete = new CountDownLatch(1);
    Subscription subscription =
        user.watch(
            POOL,
            pool -> {
              members.accept(
                  pool.elements().stream()
                      .map(PoolElementParameter::elementId)
                      .collect(Collectors.toSet()));
              if (pool.elements().size() == servers.size()) {
                complete.countDown();
              }
            });
    try {
      if (!complete.await(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw CommandFailure.failed("the registrar does not list all " + SERVERS + " servers");
      }
      return subscription;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    }
  }
}
