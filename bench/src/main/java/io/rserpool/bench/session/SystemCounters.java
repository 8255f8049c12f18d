package io.rserpool.bench.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the system has counted of TCP in this program's network, which may be its own: connections that
/// nobody took or that had to be called again.
final class SystemCounters {

  private static final List<String> WANTED =
      List.of(
          "AttemptFails",
          "ListenOverflows",
          "ListenDrops",
          "TCPSynRetrans",
          "TCPReqQFullDoCookies");

  private final SortedMap<String, Long> before = read();

  /// What has grown since this was made.
  SortedMap<String, Long> growth() {
    TreeMap<String, Long> growth = new TreeMap<>();
    read()
        .forEach((name, value) -> {
          long grown = value - before.getOrDefault(name, 0L);
          if (grown > 0) {
            growth.put(name, grown);
          }
        });
    return growth;
  }

  private static SortedMap<String, Long> read() {
    TreeMap<String, Long> counters = new TreeMap<>();
    for (String file : List.of("/proc/net/snmp", "/proc/net/netstat")) {
      try {
        List<String> lines = Files.readAllLines(Path.of(file));
        for (int i = 0; i + 1 < lines.size(); i += 2) {
          add(
              counters,
              List.of(lines.get(i).split(" ", -1)),
              List.of(lines.get(i + 1).split(" ", -1)));
        }
      } catch (IOException _) {
        // Not Linux: nothing is told.
      }
    }
    return counters;
  }

  private static void add(
      SortedMap<String, Long> counters, List<String> names, List<String> values) {
    boolean isTcp = names.getFirst().startsWith("Tcp");
    for (int i = 1; isTcp && i < names.size(); i++) {
      if (WANTED.contains(names.get(i))) {
        counters.put(names.get(i), Long.valueOf(values.get(i)));
      }
    }
  }
}
