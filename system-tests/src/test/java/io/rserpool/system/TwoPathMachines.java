package io.rserpool.system;

import java.util.List;

/// Two network namespaces with two links between them, each a network of its own.
final class TwoPathMachines implements AutoCloseable {
  static final int PATHS = 2;

  private final String suffix = Long.toString(ProcessHandle.current().pid(), 36);
  private final String left = "rsp-a-" + suffix;
  private final String right = "rsp-b-" + suffix;

  /// Whether this machine and its user can do that, and have done it.
  boolean build() {
    for (String machine : List.of(left, right)) {
      if (Shell.attempt("ip", "netns", "add", machine).exitCode() != 0) {
        return false;
      }
      Shell.run("ip", "-n", machine, "link", "set", "lo", "up");
    }
    for (int path = 0; path < PATHS; path++) {
      String[] pair = {
        "ip",
        "-n",
        left,
        "link",
        "add",
        port(path),
        "type",
        "veth",
        "peer",
        "name",
        port(path),
        "netns",
        right
      };
      if (Shell.attempt(pair).exitCode() != 0) {
        return false;
      }
      plug(left, path, leftAddress(path));
      plug(right, path, rightAddress(path));
    }
    return true;
  }

  private static void plug(String machine, int path, String address) {
    Shell.run("ip", "-n", machine, "addr", "add", address + "/24", "dev", port(path));
    Shell.run("ip", "-n", machine, "link", "set", port(path), "up");
  }

  private static String port(int path) {
    return "path" + path;
  }

  String leftAddress(int path) {
    return "10.213.%d.1".formatted(81 + path);
  }

  String rightAddress(int path) {
    return "10.213.%d.2".formatted(81 + path);
  }

  /// What stands before a command that is to run on the left machine.
  List<String> onLeft() {
    return List.of("ip", "netns", "exec", left);
  }

  /// The same for the right machine.
  List<String> onRight() {
    return List.of("ip", "netns", "exec", right);
  }

  /// Pulls a cable out of the right machine: what the left one sends there is lost without a word.
  void cut(int path) {
    Shell.run("ip", "-n", right, "link", "set", port(path), "down");
  }

  /// Puts it in again.
  void join(int path) {
    Shell.run("ip", "-n", right, "link", "set", port(path), "up");
  }

  @Override
  public void close() {
    Shell.attempt("ip", "netns", "del", left);
    Shell.attempt("ip", "netns", "del", right);
  }
}
