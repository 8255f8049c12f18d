package io.rserpool.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What [MultiHomingTest] runs in a network of its own: two addresses of the loopback interface,
/// each of which can be taken away.
final class TwoPaths {

  private static final InetAddress FIRST = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress SECOND = InetAddress.ofLiteral("127.0.0.2");
  private static final List<InetAddress> BOTH = List.of(FIRST, SECOND);

  private TwoPaths() {}

  public static void main(String[] arguments) throws Exception {
    ip("link", "set", "lo", "up");
    ip("addr", "del", "127.0.0.1/8", "dev", "lo");
    ip("addr", "add", "127.0.0.1/32", "dev", "lo");
    ip("addr", "add", "127.0.0.2/32", "dev", "lo");
    Recorder called = new Recorder();
    Recorder caller = new Recorder();
    try (UsrsctpSocket listening = Pair.open(options(true), called);
        UsrsctpSocket calling = Pair.open(options(false), caller)) {
      assertThat(listening.addresses()).isEqualTo(BOTH);
      long number = calling.connect(BOTH, listening.port(), listening.udpPort());
      Recorder.Up up = caller.await(Recorder.Up.class);
      assertThat(up.peers()).containsExactlyInAnyOrderElementsOf(BOTH);
      assertThat(up.locals()).containsExactlyInAnyOrderElementsOf(BOTH);
      assertThat(called.await(Recorder.Up.class).peers()).containsExactlyInAnyOrderElementsOf(BOTH);
      exchange(calling, number, called, 0);

      for (InetAddress cut : BOTH) {
        ip("addr", "del", cut.getHostAddress() + "/32", "dev", "lo");
        exchange(calling, number, called, 100);
        await(caller, cut, SctpListener.Path.UNREACHABLE);
        exchange(calling, number, called, 200);
        ip("addr", "add", cut.getHostAddress() + "/32", "dev", "lo");
        await(caller, cut, SctpListener.Path.REACHABLE);
      }
      assertThat(caller.count(Recorder.Down.class)).isZero();
      assertThat(called.count(Recorder.Down.class)).isZero();
    }
    Child.say("passed");
  }

  private static SctpOptions options(boolean listens) {
    SctpOptions hasty = Hasty.options();
    return new SctpOptions(
        BOTH,
        0,
        listens,
        2,
        Duration.ofMillis(50),
        hasty.rtoInitial(),
        hasty.rtoMin(),
        hasty.rtoMax(),
        1,
        100,
        10,
        1 << 20,
        0);
  }

  private static void exchange(UsrsctpSocket from, long number, Recorder to, int id)
      throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      assertThat(from.send(number, new byte[1_000], 0, id + i)).isTrue();
      assertThat(to.await(Recorder.Message.class).payloadProtocolId()).isEqualTo(id + i);
    }
  }

  private static void await(Recorder recorder, InetAddress address, SctpListener.Path change)
      throws InterruptedException {
    Recorder.PathTold told;
    do {
      told = recorder.await(Recorder.PathTold.class);
    } while (!told.address().equals(address) || told.change() != change);
  }

  private static void ip(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
