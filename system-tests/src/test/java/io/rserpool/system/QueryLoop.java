package io.rserpool.system;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A program with a database, as they are: it asks over one connection, and when that breaks it
/// opens another one and asks again.
final class QueryLoop implements AutoCloseable {
  private final String url;
  private final Thread thread;
  private final List<String> errors = new ArrayList<>();
  private long answers;
  private long connections;
  private long lastAnswerNs;
  private long longestGapNs;
  private int lastPort;
  private boolean isOver;

  private QueryLoop(String url) {
    this.url = url;
    this.thread = Thread.ofPlatform().daemon().name("queries").unstarted(this::run);
  }

  static QueryLoop start(String url) {
    QueryLoop loop = new QueryLoop(url);
    loop.thread.start();
    return loop;
  }

  private void run() {
    Optional<Connection> connection = Optional.empty();
    while (!isOver()) {
      try {
        if (connection.isEmpty()) {
          connection = Optional.of(DriverManager.getConnection(url));
          connected();
        }
        try (Statement statement = connection.get().createStatement();
            ResultSet row = statement.executeQuery("select inet_server_port()")) {
          row.next();
          answered(row.getInt(1));
        }
      } catch (SQLException e) {
        failed(e);
        connection.ifPresent(QueryLoop::close);
        connection = Optional.empty();
      }
    }
    connection.ifPresent(QueryLoop::close);
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException _) {
      // It is broken.
    }
  }

  private synchronized boolean isOver() {
    return isOver;
  }

  private synchronized void connected() {
    connections++;
  }

  private synchronized void answered(int port) {
    long nowNs = System.nanoTime();
    if (answers > 0) {
      longestGapNs = Math.max(longestGapNs, nowNs - lastAnswerNs);
    }
    lastAnswerNs = nowNs;
    lastPort = port;
    answers++;
    notifyAll();
  }

  private synchronized void failed(SQLException e) {
    errors.add(e.getSQLState() + " " + e.getMessage());
  }

  /// Waits for so many answers more.
  synchronized void awaitAnswers(int more) throws InterruptedException {
    long wanted = answers + more;
    long deadlineNs = System.nanoTime() + CliProcess.LIMIT.toNanos();
    while (answers < wanted) {
      long leftMs = Duration.ofNanos(deadlineNs - System.nanoTime()).toMillis();
      if (leftMs <= 0) {
        throw new AssertionError("expected " + wanted + " answers, but there are: " + this);
      }
      wait(leftMs);
    }
  }

  /// Does something to the server that answers, and tells for how many milliseconds there was no
  /// answer then.
  long measure(Runnable mishap) throws InterruptedException {
    int before;
    synchronized (this) {
      before = lastPort;
      longestGapNs = 0;
    }
    mishap.run();
    synchronized (this) {
      while (lastPort == before) {
        awaitAnswers(1);
      }
      return Duration.ofNanos(longestGapNs).toMillis();
    }
  }

  synchronized int lastPort() {
    return lastPort;
  }

  synchronized long answers() {
    return answers;
  }

  synchronized long failures() {
    return errors.size();
  }

  synchronized long connections() {
    return connections;
  }

  @Override
  public void close() {
    synchronized (this) {
      isOver = true;
    }
    try {
      thread.join(CliProcess.LIMIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized String toString() {
    return answers + " answers, " + connections + " connections, failures " + errors;
  }
}
