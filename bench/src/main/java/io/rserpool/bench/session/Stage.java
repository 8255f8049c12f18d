package io.rserpool.bench.session;

import io.rserpool.bench.requests.ServerProcess;
import io.rserpool.client.Scope;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Profile;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A registrar and servers of one pool, each a process.
final class Stage implements AutoCloseable {

  private static final Duration AGREEMENT_TIME_MAX = Duration.ofSeconds(90);

  private static final int WARMING_USERS = 1_000;
  private static final int WARMING_QUESTIONS = 5;

  /// A server of the pool.
  ///
  /// @param host its address
  record Server(ElementId id, String host, int port, Talker talker) {}

  private final Profile profile;
  private final String host;
  private final String policy;
  private final int port;
  private final Talker registrar;
  private final LinkedHashMap<ElementId, Server> servers = new LinkedHashMap<>();
  private int lastId;

  /// Starts the registrar.
  ///
  /// @param host the address of everything that is not started elsewhere
  Stage(Profile profile, String host, String policy) throws IOException {
    this.profile = profile;
    this.host = host;
    this.policy = policy;
    port = ServerProcess.freePort();
    registrar =
        Talker.start(
            List.of(),
            CountingRegistrar.class,
            profile.toString(),
            host,
            "" + port,
            "" + ServerProcess.freePort());
    registrar.read();
  }

  Scope scope() {
    return Scope.of("tcp://" + host + ":" + port).withProfile(profile);
  }

  /// Starts a server beside the registrar.
  Server add() throws IOException {
    return add(Talker.start(List.of(), PoolServer.class, arguments(host)), host);
  }

  /// What a server at this address is told.
  String[] arguments(String address) {
    return new String[] {
      profile.toString(), "tcp://" + host + ":" + port, address, "" + (lastId + 1), policy
    };
  }

  /// Takes a server that was started with [#arguments], and waits for it.
  Server add(Talker talker, String address) {
    lastId++;
    int serverPort = Integer.parseInt(talker.read());
    Server server = new Server(ElementId.of(lastId), address, serverPort, talker);
    servers.put(server.id(), server);
    return server;
  }

  /// Kills a server; returns when the registrar knows it as well.
  void remove(Server server) throws InterruptedException {
    server.talker().close();
    servers.remove(server.id());
    awaitElements(servers.size());
  }

  /// Uses a server as sessions do, but without any, so that it is not the first time that counts.
  static void warm(Server server) throws IOException {
    byte[] question = new byte[100];
    for (int user = 0; user < WARMING_USERS; user++) {
      try (Socket socket = new Socket(server.host(), server.port())) {
        for (int i = 0; i < WARMING_QUESTIONS; i++) {
          socket.getOutputStream().write(question);
          socket.getInputStream().readNBytes(question.length);
        }
      }
    }
  }

  List<Server> servers() {
    return List.copyOf(servers.values());
  }

  /// Asks the registrar `mark` or `tell`.
  Map<String, Long> registrar(String question) {
    return Words.read(registrar.ask(question));
  }

  private void awaitElements(int count) throws InterruptedException {
    long deadlineNs = System.nanoTime() + AGREEMENT_TIME_MAX.toNanos();
    while (true) {
      long elements = registrar("tell").getOrDefault("elements", -1L);
      if (elements == count) {
        return;
      }
      if (System.nanoTime() > deadlineNs) {
        throw new IllegalStateException(
            "expected %d elements at the registrar, but saw %d".formatted(count, elements));
      }
      Thread.sleep(10);
    }
  }

  @Override
  public void close() {
    servers.values().forEach(server -> server.talker().close());
    registrar.close();
  }
}
