package io.rserpool.net.kernel;

import static io.rserpool.net.kernel.KernelSctpChecks.expect;

import io.rserpool.engine.LossReason;
import io.rserpool.net.kernel.KernelSctpChecks.Check;
import io.rserpool.net.kernel.KernelSctpChecks.Needs;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// Peers with two addresses, and peers that die. A path is cut by taking the route to the host's own
/// address away, so that packets for it leave through a device that swallows them.
final class PathChecks {

  private static final List<InetAddress> HERE =
      List.of(End.address("10.255.0.1"), End.address("10.254.0.1"));
  private static final List<InetAddress> THERE =
      List.of(End.address("10.255.0.2"), End.address("10.254.0.2"));

  private PathChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "aPeerWithTwoAddressesIsCalledAtTheOneThatWorks", Needs.GUEST, PathChecks::callAtBoth),
        new Check("aPathIsCutAndTheAssociationGoesOn", Needs.GUEST, PathChecks::oneCut),
        new Check("aSilentPeerIsGivenUp", Needs.GUEST, PathChecks::allCut),
        new Check("aKilledProcessIsNoticed", Needs.GUEST, PathChecks::killed),
        new Check("aPeerThatStartsAgainIsNoticed", Needs.GUEST, PathChecks::restarted));
  }

  private static SctpOptions at(List<InetAddress> addresses) {
    return SctpOptions.defaults().at(addresses, 0, true);
  }

  private static void callAtBoth() throws IOException, InterruptedException {
    try (End caller = End.open(at(HERE));
        End callee = End.open(at(THERE))) {
      expect(List.copyOf(callee.socket().addresses()).containsAll(THERE), "bound to both");
      cut(THERE.getFirst());
      try {
        long number = caller.socket().connect(THERE, callee.socket().port());
        Told.Event.Up up = caller.awaitUp();
        expect(up.association() == number && up.peers().containsAll(THERE), "both known: " + up);
        expect(up.locals().containsAll(HERE), "own addresses: " + up);
      } finally {
        heal(THERE.getFirst());
      }
    }
  }

  private static void oneCut() throws IOException, InterruptedException {
    try (End caller = End.open(at(HERE));
        End callee = End.open(at(THERE))) {
      long number = caller.socket().connect(THERE, callee.socket().port());
      caller.awaitUp();
      callee.awaitUp();
      pingPong(caller, callee, number, 20);
      cut(THERE.getFirst());
      long longest = 0;
      try {
        longest = pingPong(caller, callee, number, 50);
        Told.Event.PathChange lost =
            caller
                .told()
                .await(
                    Told.Event.PathChange.class,
                    each -> each.change() == SctpListener.Path.UNREACHABLE);
        expect(lost.address().equals(THERE.getFirst()), "the one that was cut: " + lost);
      } finally {
        heal(THERE.getFirst());
      }
      caller
          .told()
          .await(
              Told.Event.PathChange.class,
              each ->
                  each.change() == SctpListener.Path.REACHABLE
                      && each.address().equals(THERE.getFirst()));
      expect(!caller.told().has(Told.Event.Down.class), "the association is up all the time");
      pingPong(caller, callee, number, 20);
      System.out.println("        one path cut: the longest message took " + longest + " ms");
    }
  }

  /// One message after the other.
  ///
  /// @return how long the slowest took, in milliseconds
  private static long pingPong(End caller, End callee, long number, int count) {
    long longest = 0;
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      caller.send(number, new byte[100], 0, 11);
      callee.awaitMessage();
      longest = Math.max(longest, (System.nanoTime() - begin) / 1_000_000);
    }
    return longest;
  }

  private static void allCut() throws IOException, InterruptedException {
    try (End caller = End.open(at(HERE));
        End callee = End.open(at(THERE))) {
      long number = caller.socket().connect(THERE, callee.socket().port());
      caller.awaitUp();
      callee.awaitUp();
      try {
        THERE.forEach(PathChecks::cut);
        HERE.forEach(PathChecks::cut);
        long begin = System.nanoTime();
        caller.send(number, new byte[100], 0, 11);
        Told.Event.Down down = caller.awaitDown();
        expect(down.reason() == LossReason.UNREACHABLE, "silence: " + down);
        System.out.println(
            "        both paths cut: given up after %d ms"
                .formatted((System.nanoTime() - begin) / 1_000_000));
      } finally {
        THERE.forEach(PathChecks::heal);
        HERE.forEach(PathChecks::heal);
      }
    }
  }

  private static void killed() throws IOException, InterruptedException {
    try (End here = End.open(at(HERE))) {
      PeerProgram peer = PeerProgram.start(THERE, 0, HERE, here.socket().port());
      Told.Event.Up up = here.awaitUp();
      expect(up.isIncoming() && up.peers().containsAll(THERE), "the program has called: " + up);
      long begin = System.nanoTime();
      peer.kill();
      Told.Event.Down down = here.awaitDown();
      expect(down.reason() == LossReason.RESET, "a killed process: " + down);
      System.out.println(
          "        killed: noticed after %d ms".formatted((System.nanoTime() - begin) / 1_000_000));
    }
  }

  private static void restarted() throws IOException, InterruptedException {
    // Without heartbeats, since the one that has forgotten the association would answer with an
    // abort.
    SctpOptions patient = SctpOptions.defaults();
    SctpOptions options =
        new SctpOptions(
            HERE,
            0,
            true,
            2,
            Duration.ofMinutes(10),
            patient.rtoInitial(),
            patient.rtoMin(),
            patient.rtoMax(),
            100,
            100,
            4,
            patient.bufferBytes(),
            0);
    try (End here = End.open(options)) {
      PeerProgram first = PeerProgram.start(THERE, 7_777, HERE, here.socket().port());
      long number = here.awaitUp().association();
      try {
        HERE.forEach(PathChecks::cut);
        first.kill();
      } finally {
        HERE.forEach(PathChecks::heal);
      }
      PeerProgram second = PeerProgram.start(THERE, 7_777, HERE, here.socket().port());
      try {
        Told.Event.Restarted event = here.told().await(Told.Event.Restarted.class, _ -> true);
        expect(event.association() == number, "the same association: " + event);
        here.send(number, new byte[10], 0, 11);
      } finally {
        second.kill();
      }
    }
  }

  private static void cut(InetAddress address) {
    ip("del", address);
  }

  private static void heal(InetAddress address) {
    ip("add", address);
  }

  private static void ip(String verb, InetAddress address) {
    try {
      Process process =
          new ProcessBuilder(
                  "ip",
                  "route",
                  verb,
                  "local",
                  address.getHostAddress(),
                  "dev",
                  "dummy0",
                  "table",
                  "local")
              .inheritIO()
              .start();
      expect(process.waitFor() == 0, "'ip route " + verb + "' failed for " + address);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("ip cannot be run", e);
    }
  }
}
