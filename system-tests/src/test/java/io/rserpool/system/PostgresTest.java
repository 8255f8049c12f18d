package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// PostgreSQL's driver, unchanged, with the name of a pool for a host: three real servers, of which
/// one is killed and one is frozen while a program goes on asking.
@Tag("system")
class PostgresTest {
  private static final int SIZE = 3;

  private final Stage stage = new Stage();
  private Optional<PostgresServers> servers = Optional.empty();
  private String url;

  @BeforeEach
  void begin() throws IOException {
    Optional<Path> programs = PostgresServers.installed();
    if (programs.isEmpty()) {
      System.err.println("Not tested: PostgreSQL is not installed (Debian: postgresql)");
    }
    Assumptions.assumeTrue(programs.isPresent(), "PostgreSQL is not installed");
    PostgresServers prepared = PostgresServers.prepare(programs.get(), stage);
    servers = Optional.of(prepared);
    RunningRegistrar registrar = stage.registrar();
    for (int i = 0; i < SIZE; i++) {
      prepared.start("PG", registrar.asap());
    }
    url =
        "jdbc:postgresql://PG.pool.rserpool/postgres?user=app"
            + "&socketFactory=io.rserpool.gateway.socket.PoolSocketFactory"
            + "&socketFactoryArg="
            + registrar.asap();
  }

  @AfterEach
  void end() throws IOException {
    if (servers.isPresent()) {
      servers.get().close();
    }
    stage.close();
  }

  private static int port(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select inet_server_port()")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void connectionsSpreadOverTheServers() throws SQLException {
    TreeSet<Integer> ports = new TreeSet<>();
    for (int i = 0; i < SIZE; i++) {
      try (Connection connection = DriverManager.getConnection(url)) {
        ports.add(port(connection));
      }
    }
    assertThat(ports).hasSize(SIZE);
  }

  @Test
  void queriesGoOnWhileServersAreKilledAndFrozen() throws Exception {
    try (QueryLoop loop = QueryLoop.start(url)) {
      loop.awaitAnswers(100);
      long killed = loop.measure(() -> servers.orElseThrow().at(loop.lastPort()).signal("KILL"));
      loop.awaitAnswers(100);
      long frozen = loop.measure(() -> servers.orElseThrow().at(loop.lastPort()).signal("STOP"));
      loop.awaitAnswers(100);
      System.out.printf(
          "postgres: %d answers, %d failed queries, %d connections;"
              + " without answers %d ms after kill -9, %d ms after SIGSTOP%n",
          loop.answers(), loop.failures(), loop.connections(), killed, frozen);
      assertThat(loop.connections()).as("%s", loop).isGreaterThanOrEqualTo(3);
      assertThat(loop.failures()).as("%s", loop).isBetween(2L, 20L);
    }
  }

  @Test
  void aConnectionThatIsIdleWhenItsServerFreezesIsEndedToo() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      servers.orElseThrow().at(port(connection)).signal("STOP");
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> port(connection))
          .satisfies(e -> assertThat(e.getSQLState()).startsWith("08"));
    }
  }

  @Test
  void aTimeoutOfAQueryReachesTheServerThatExecutesIt() throws SQLException {
    for (int i = 0; i < SIZE; i++) {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.setQueryTimeout(1);
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(() -> statement.execute("select pg_sleep(100)"))
            .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("57014"));
        assertThat(port(connection)).isPositive();
      }
    }
  }
}
