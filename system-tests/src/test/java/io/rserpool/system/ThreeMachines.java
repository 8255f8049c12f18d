package io.rserpool.system;

import java.util.List;
import java.util.stream.IntStream;

/// Three network namespaces with a link between each two of them. Each has one address, which is
/// the same on all its links.
final class ThreeMachines implements AutoCloseable {
  static final int SIZE = 3;
  private static final int[][] LINKS = {{0, 1}, {0, 2}, {1, 2}};

  private final String suffix = Long.toString(ProcessHandle.current().pid(), 36);

  /// Whether this machine and its user can do that, and have done it.
  boolean build() {
    for (int i = 0; i < SIZE; i++) {
      if (Shell.attempt("ip", "netns", "add", name(i)).exitCode() != 0) {
        return false;
      }
      Shell.run("ip", "-n", name(i), "link", "set", "lo", "up");
      Shell.run("ip", "-n", name(i), "addr", "add", address(i) + "/32", "dev", "lo");
    }
    for (int[] link : LINKS) {
      String one = port(link[0], link[1]);
      String other = port(link[1], link[0]);
      String[] pair = {
        "ip",
        "-n",
        name(link[0]),
        "link",
        "add",
        one,
        "type",
        "veth",
        "peer",
        "name",
        other,
        "netns",
        name(link[1])
      };
      if (Shell.attempt(pair).exitCode() != 0) {
        return false;
      }
      join(link[0], link[1]);
    }
    return true;
  }

  String address(int machine) {
    return "10.213.78." + (machine + 1);
  }

  /// What stands before a command that is to run on a machine.
  List<String> on(int machine) {
    return List.of("ip", "netns", "exec", name(machine));
  }

  /// Delays all that leaves any machine, if the kernel can do that.
  boolean delay(String time) {
    return IntStream.range(0, SIZE)
        .allMatch(from ->
            IntStream.range(0, SIZE)
                .filter(to -> to != from)
                .allMatch(to ->
                    Shell.attempt(
                                "tc",
                                "-n",
                                name(from),
                                "qdisc",
                                "add",
                                "dev",
                                port(from, to),
                                "root",
                                "netem",
                                "delay",
                                time)
                            .exitCode()
                        == 0));
  }

  /// Pulls the cable between two machines out at the second one: that one has no way to the first
  /// any more, and whatever the first one sends is lost without a word.
  void cut(int one, int other) {
    Shell.run("ip", "-n", name(other), "link", "set", port(other, one), "down");
  }

  /// Puts it in.
  void join(int one, int other) {
    up(one, other);
    up(other, one);
  }

  private void up(int from, int to) {
    String port = port(from, to);
    Shell.run("ip", "-n", name(from), "link", "set", port, "up");
    Shell.run(
        "ip",
        "-n",
        name(from),
        "route",
        "replace",
        address(to) + "/32",
        "dev",
        port,
        "src",
        address(from));
  }

  private String name(int machine) {
    return "rsp-" + machine + "-" + suffix;
  }

  private String port(int from, int to) {
    return "r" + from + to + suffix;
  }

  @Override
  public void close() {
    for (int i = 0; i < SIZE; i++) {
      Shell.attempt("ip", "netns", "del", name(i));
    }
  }
}
