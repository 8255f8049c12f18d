package io.rserpool.bench.requests;

import io.rserpool.bench.requests.Rivals.Pair;

/// Prints the tables. Each figure stands twice, the registrar's before the echo's.
final class Report {

  private static final double MEDIAN = 50;
  private static final double TAIL = 99;

  private Report() {}

  static void environment(int seconds) {
    System.out.printf(
        "%s, JDK %s, %d processors, %d s each%n",
        Loops.describe(), Runtime.version(), Runtime.getRuntime().availableProcessors(), seconds);
  }

  /// The columns `cpu` are the processors that the server's process, and the thread of the load
  /// program, kept busy. A server far below 1.00 beside a load program near 1.00 could have done
  /// more; the ratio behind `server cpu` is that of the answers for each second of processor time.
  static void closedHeading(Exchange exchange, int requestSize, int answerSize) {
    System.out.printf(
        "%n%s: %d bytes, answered with %d bytes%n", exchange, requestSize, answerSize);
    System.out.println(
        "closed loop         | answers/s               | server cpu        | load cpu   "
            + "| p50 us        | p99 us");
    System.out.println(
        "connections pending | registrar     echo      | registrar  echo   | reg   echo "
            + "|   reg    echo |   reg    echo");
  }

  static void closed(int connections, int outstanding, Pair pair) {
    Outcome own = pair.own();
    Outcome bare = pair.reference();
    System.out.printf(
        "%11d %7d | %9.0f %8.0f %4.2f | %6.2f %5.2f %4.2f | %4.2f %5.2f"
            + " | %5.0f %7.0f | %5.0f %7.0f %s%n",
        connections,
        outstanding,
        own.ratePerSecond(),
        bare.ratePerSecond(),
        pair.rateRatio(),
        own.serverShare(),
        bare.serverShare(),
        pair.processorRatio(),
        own.clientShare(),
        bare.clientShare(),
        own.latencyUs(MEDIAN),
        bare.latencyUs(MEDIAN),
        own.latencyUs(TAIL),
        bare.latencyUs(TAIL),
        pair.trouble());
  }

  static void highest(double own, double bare) {
    System.out.printf(
        "highest: registrar %.0f/s, echo %.0f/s: %.2f (wanted: 0.50 or more)%n",
        own, bare, own / bare);
  }

  /// The column `late` tells how late the load program itself sent, p99: both latencies contain
  /// that.
  static void openHeading() {
    System.out.println(
        "open loop             | answers/s          | p50 us        "
            + "| p99 us (wanted: < 3) | late us");
    System.out.println(
        "connections scheduled | registrar     echo |   reg    echo "
            + "|   reg    echo        |   reg    echo");
  }

  static void open(int connections, double rate, Pair pair) {
    Outcome own = pair.own();
    Outcome bare = pair.reference();
    System.out.printf(
        "%11d %9.0f | %9.0f %8.0f | %5.0f %7.0f | %5.0f %7.0f %6.2f | %5.0f %7.0f %s%n",
        connections,
        rate,
        own.ratePerSecond(),
        bare.ratePerSecond(),
        own.latencyUs(MEDIAN),
        bare.latencyUs(MEDIAN),
        own.latencyUs(TAIL),
        bare.latencyUs(TAIL),
        own.latencyUs(TAIL) / bare.latencyUs(TAIL),
        own.latenessUs(TAIL),
        bare.latenessUs(TAIL),
        pair.trouble());
  }
}
