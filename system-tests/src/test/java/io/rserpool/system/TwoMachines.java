package io.rserpool.system;

import java.util.List;

/// Two network namespaces with one link between them.
final class TwoMachines implements AutoCloseable {
  private final String suffix = Long.toString(ProcessHandle.current().pid(), 36);
  private final String left = "rsp-l-" + suffix;
  private final String right = "rsp-r-" + suffix;
  private final String leftPort = "rl" + suffix;
  private final String rightPort = "rr" + suffix;

  /// Whether this machine and its user can do that, and have done it.
  boolean build() {
    if (Shell.attempt("ip", "netns", "add", left).exitCode() != 0) {
      return false;
    }
    if (Shell.attempt("ip", "netns", "add", right).exitCode() != 0) {
      return false;
    }
    if (Shell.attempt("ip", "link", "add", leftPort, "type", "veth", "peer", "name", rightPort)
            .exitCode()
        != 0) {
      return false;
    }
    plug(left, leftPort, leftAddress());
    plug(right, rightPort, rightAddress());
    return true;
  }

  private static void plug(String namespace, String port, String address) {
    Shell.run("ip", "link", "set", port, "netns", namespace);
    Shell.run("ip", "-n", namespace, "addr", "add", address + "/24", "dev", port);
    Shell.run("ip", "-n", namespace, "link", "set", port, "up");
    Shell.run("ip", "-n", namespace, "link", "set", "lo", "up");
  }

  String leftAddress() {
    return "10.213.77.1";
  }

  String rightAddress() {
    return "10.213.77.2";
  }

  /// What stands before a command that is to run on the left machine.
  List<String> onLeft() {
    return List.of("ip", "netns", "exec", left);
  }

  /// The same for the right machine.
  List<String> onRight() {
    return List.of("ip", "netns", "exec", right);
  }

  /// Pulls the cable out of the right machine: whatever the left one sends is lost without a word.
  void cut() {
    Shell.run("ip", "-n", right, "link", "set", rightPort, "down");
  }

  /// Puts it in again.
  void join() {
    Shell.run("ip", "-n", right, "link", "set", rightPort, "up");
  }

  @Override
  public void close() {
    Shell.attempt("ip", "netns", "del", left);
    Shell.attempt("ip", "netns", "del", right);
  }
}
