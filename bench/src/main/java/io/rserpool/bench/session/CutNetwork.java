package io.rserpool.bench.session;

import java.io.IOException;
import java.util.List;

/// A bridge with a server behind one of its ports, which can be put down: whatever either side sends is
/// then lost without a word. Everything is in network namespaces of this program and of the server,
/// and goes away with the two.
final class CutNetwork {

  /// The address of everything else.
  static final String HERE = "10.77.0.1";

  /// The address of the server.
  static final String THERE = "10.77.0.2";

  private static final String WAITS_FOR_A_LINE = "echo ready; read _; exec \"$0\" \"$@\"";

  private CutNetwork() {}

  /// Whether this program has a network of its own, as `bench/run` gives it if it may.
  static boolean isPossible() {
    return "own".equals(System.getProperty("bench.network"));
  }

  /// Makes the bridge. A second pair of interfaces keeps it up when the first one is cut.
  static void build() throws IOException, InterruptedException {
    Commands.run("ip link add hub type bridge");
    Commands.run("ip addr add " + HERE + "/24 dev hub");
    Commands.run("ip link add keep0 type veth peer name keep1");
    Commands.run("ip link set keep0 master hub");
    for (String name : List.of("keep1", "keep0", "hub")) {
      Commands.run("ip link set " + name + " up");
    }
  }

  /// Starts a server in a namespace of its own behind the bridge.
  static Stage.Server add(Stage stage) throws IOException, InterruptedException {
    Talker talker =
        Talker.start(
            List.of("unshare", "-n", "sh", "-c", WAITS_FOR_A_LINE),
            PoolServer.class,
            stage.arguments(THERE));
    String ready = talker.read();
    if (!ready.equals("ready")) {
      throw new IOException("expected a namespace to be ready, but saw " + ready);
    }
    String within = "nsenter -t " + talker.process().pid() + " -n ip ";
    Commands.run("ip link add port type veth peer name inner netns " + talker.process().pid());
    Commands.run("ip link set port master hub");
    Commands.run(within + "addr add " + THERE + "/24 dev inner");
    Commands.run(within + "link set inner up");
    Commands.run(within + "link set lo up");
    Commands.run("ip link set port up");
    talker.write("go");
    return stage.add(talker, THERE);
  }

  static void cut() throws IOException, InterruptedException {
    Commands.run("ip link set port down");
  }

  /// Joins it again, so that the registrar hears of the server's end.
  static void mend() throws IOException, InterruptedException {
    Commands.run("ip link set port up");
  }

  /// After the server's end: its namespace goes away some time later, and takes the port with it.
  static void forget() throws InterruptedException {
    try {
      Commands.run("ip link del port");
    } catch (IOException _) {
      // It was gone already.
    }
  }
}
