package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.client.Scope;
import io.rserpool.gateway.socket.PoolSocketFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// OkHttp with a socket factory: web servers on any ports, of which one is killed and one is
/// frozen.
@Tag("system")
class WebClientTest {
  private final Stage stage = new Stage();
  private final List<CliProcess> servers = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private OkHttpClient client;

  @BeforeEach
  void begin() {
    RunningRegistrar registrar = stage.registrar();
    for (int i = 0; i < 3; i++) {
      CliProcess server =
          stage.add(
              CliProcess.start(
                  List.of(), HttpElementProgram.class, "web", "127.0.0.1", "0", registrar.asap()));
      names.add(server.out().await("^serving (\\S+) ", CliProcess.LIMIT).group(1));
      servers.add(server);
    }
    client =
        new OkHttpClient.Builder()
            .socketFactory(new PoolSocketFactory(Scope.of(registrar.asap())))
            .build();
  }

  @AfterEach
  void end() {
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
    stage.close();
  }

  private String get(OkHttpClient by) throws IOException {
    Request request = new Request.Builder().url("http://web.pool.rserpool/").build();
    try (Response response = by.newCall(request).execute()) {
      return response.body().string();
    }
  }

  /// Asks until a server other than that one has answered.
  ///
  /// @return how many requests have failed
  private int failuresUntilAnother(String gone) {
    int failures = 0;
    long begunNs = System.nanoTime();
    while (true) {
      try {
        if (!get(client).equals(gone)) {
          System.out.printf(
              "OkHttp: another server has answered after %d ms and %d failed requests%n",
              Duration.ofNanos(System.nanoTime() - begunNs).toMillis(), failures);
          return failures;
        }
      } catch (IOException e) {
        failures++;
        assertThat(failures).as("%s", e).isLessThan(20);
      }
    }
  }

  @Test
  void eachConnectionReachesAnotherServer() throws IOException {
    TreeSet<String> answers = new TreeSet<>();
    for (int i = 0; i < 3; i++) {
      answers.add(get(client.newBuilder().connectionPool(new ConnectionPool()).build()));
    }
    assertThat(answers).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void requestsGoOnWhenTheServerIsKilledAndWhenTheNextOneFreezes() throws IOException {
    String first = get(client);
    servers.get(names.indexOf(first)).kill();
    failuresUntilAnother(first);
    String second = get(client);
    assertThat(second).isNotEqualTo(first);
    servers.get(names.indexOf(second)).signal("STOP");
    failuresUntilAnother(second);
    assertThat(get(client)).isNotIn(first, second);
  }
}
