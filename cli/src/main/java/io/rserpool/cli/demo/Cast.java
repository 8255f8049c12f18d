package io.rserpool.cli.demo;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Subscription;
import io.rserpool.pki.Role;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The registrars and the servers, once all of them are ready.
///
/// @param registrars in the order of their numbers
/// @param servers in the order of their numbers
record Cast(List<RegistrarChild> registrars, List<Server> servers) {
  static final PoolHandle POOL = PoolHandle.of("DemoPool");

  private static final int REGISTRARS = 3;
  private static final int SERVERS = 4;
  private static final Pattern REGISTRAR_READY =
      Pattern.compile("(?m)^registrar (0x[0-9a-f]{8}) asap (t(?:cp|ls)://[^\\s,]+)");
  private static final Pattern SYNCHRONISED = Pattern.compile("event=Synchronised");
  private static final Pattern SERVER_READY =
      Pattern.compile("(?m)^serving .* element (0x[0-9a-f]{8}) ");

  /// Starts all processes on free ports and waits until each has said that it is ready.
  ///
  /// @param deadlineNs by [System#nanoTime]
  static Cast start(Children children, Papers papers, long deadlineNs) {
    List<RegistrarChild> registrars = startRegistrars(children, papers, deadlineNs);
    List<Child> started = new ArrayList<>();
    for (int number = 1; number <= SERVERS; number++) {
      started.add(
          children.start(
              "server " + number,
              papers.arguments(Role.ELEMENT, Integer.toString(number)),
              "serve",
              "fractal",
              "--pool=" + POOL,
              "--registrar=" + String.join(",", addresses(registrars)),
              "--end-with-input"));
    }
    List<Server> servers = new ArrayList<>();
    for (Child child : started) {
      String id = child.await(SERVER_READY, deadlineNs).group(1);
      servers.add(new Server(servers.size() + 1, ElementId.parse(id), child));
    }
    return new Cast(registrars, List.copyOf(servers));
  }

  /// Where clients reach the registrars.
  List<String> addresses() {
    return addresses(registrars);
  }

  /// Subscribes to the pool, and waits until the registrar lists all servers.
  ///
  /// @param deadlineNs by [System#nanoTime]
  /// @param members told at every change who is in the pool
  Subscription watch(PoolUser user, long deadlineNs, Consumer<List<PoolElementParameter>> members) {
    CountDownLatch complete = new CountDownLatch(1);
    Subscription subscription =
        user.watch(
            POOL,
            pool -> {
              members.accept(pool.elements());
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

  /// All at once, each with the others as its peers.
  private static List<RegistrarChild> startRegistrars(
      Children children, Papers papers, long deadlineNs) {
    List<String> peers = freeAddresses(papers.scheme());
    List<Child> started = new ArrayList<>();
    for (int number = 1; number <= REGISTRARS; number++) {
      String own = peers.get(number - 1);
      List<String> others = peers.stream().filter(address -> !address.equals(own)).toList();
      started.add(
          children.start(
              "registrar " + number,
              papers.arguments(Role.REGISTRAR, Integer.toString(number)),
              "registrar",
              "--asap=" + papers.scheme() + "://127.0.0.1:0",
              "--enrp=" + own,
              "--peer=" + String.join(",", others),
              "--end-with-input"));
    }
    List<RegistrarChild> registrars = new ArrayList<>();
    for (Child child : started) {
      MatchResult ready = child.await(REGISTRAR_READY, deadlineNs);
      registrars.add(
          new RegistrarChild(
              registrars.size() + 1, ServerId.parse(ready.group(1)), ready.group(2), child));
    }
    registrars.forEach(registrar -> registrar.child().await(SYNCHRONISED, deadlineNs));
    return List.copyOf(registrars);
  }

  /// Addresses that nobody uses now; whoever is named as a peer has to know its port beforehand.
  private static List<String> freeAddresses(String scheme) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < REGISTRARS; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1")));
      }
      List<String> addresses =
          sockets.stream().map(socket -> scheme + "://127.0.0.1:" + socket.getLocalPort()).toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return addresses;
    } catch (IOException e) {
      throw CommandFailure.failed("no free port can be had: " + e.getMessage(), e);
    }
  }

  private static List<String> addresses(List<RegistrarChild> registrars) {
    return registrars.stream().map(RegistrarChild::address).toList();
  }
}
