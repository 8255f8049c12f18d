package io.rserpool.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.Endpoint;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("io.rserpool.usrsctp.Presence#isThere")
@Timeout(120)
class StackTest {

  private static final SctpOptions OPTIONS = Pair.patient().at(Pair.HOSTS, 0, true);

  @Test
  void isFoundAsAService() {
    assertThat(ServiceLoader.load(SctpStack.class))
        .anySatisfy(stack -> {
          assertThat(stack).isInstanceOf(UsrsctpStack.class);
          assertThat(stack.scheme()).isEqualTo(Endpoint.Scheme.SCTP_UDP);
          assertThat(stack.obstacle()).isEmpty();
        });
  }

  @Test
  void aProcessHasOneUdpPort() throws Exception {
    try (UsrsctpSocket first = Pair.open(OPTIONS, new Recorder());
        UsrsctpSocket second = Pair.open(OPTIONS, new Recorder());
        UsrsctpSocket third =
            Pair.open(OPTIONS.withEncapsulationPort(first.udpPort()), new Recorder())) {
      assertThat(second.udpPort()).isEqualTo(first.udpPort());
      assertThat(third.udpPort()).isEqualTo(first.udpPort());
      int other = UdpPorts.free();
      assertThatThrownBy(() -> Pair.open(OPTIONS.withEncapsulationPort(other), new Recorder()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("this one has " + first.udpPort() + " already")
          .hasMessageContaining("cannot have " + other);
    }
  }

  @Test
  void aUdpPortThatSomebodyElseHasCannotBeHad() throws Exception {
    assertThat(hasEnded()).isTrue();
    try (DatagramChannel other = DatagramChannel.open()) {
      other.bind(new InetSocketAddress(0));
      int port = ((InetSocketAddress) other.getLocalAddress()).getPort();
      assertThatThrownBy(() -> Pair.open(OPTIONS.withEncapsulationPort(port), new Recorder()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("needs UDP port " + port);
    }
    assertThat(Presence.library().stack().isRunning()).isFalse();
  }

  @Test
  void afterTheLastSocketTheThreadsEndAndAnotherUdpPortCanBeHad() throws Exception {
    for (int i = 0; i < 20; i++) {
      int port = UdpPorts.free();
      Recorder called = new Recorder();
      try (UsrsctpSocket socket = Pair.open(OPTIONS.withEncapsulationPort(port), called);
          UsrsctpSocket caller = Pair.open(OPTIONS, new Recorder())) {
        assertThat(socket.udpPort()).isEqualTo(port);
        Pair.call(caller, socket);
        called.await(Recorder.Up.class);
      }
    }
    assertThat(hasEnded()).isTrue();
    assertThat(Eventually.is(() -> threads() == 0)).isTrue();
    assertThat(Upcalls.sockets()).isZero();
  }

  @Test
  void aPortIsFreeAgainAsSoonAsItsSocketIsClosed() throws Exception {
    try (UsrsctpSocket keeper = Pair.open(OPTIONS, new Recorder())) {
      int port = keeper.port() ^ 1;
      for (int i = 0; i < 20; i++) {
        Recorder caller = new Recorder();
        try (UsrsctpSocket socket = Pair.open(OPTIONS.at(Pair.HOSTS, port, true), new Recorder());
            UsrsctpSocket calling = Pair.open(OPTIONS, caller)) {
          assertThat(socket.port()).isEqualTo(port);
          Pair.call(calling, socket);
          caller.await(Recorder.Up.class);
        }
      }
    }
  }

  @Test
  void aPortThatIsTakenCannotBeHad() throws Exception {
    try (UsrsctpSocket socket = Pair.open(OPTIONS, new Recorder())) {
      assertThatThrownBy(
              () -> Pair.open(OPTIONS.at(Pair.HOSTS, socket.port(), true), new Recorder()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot be bound to port " + socket.port())
          .hasMessageContaining("127.0.0.1")
          .hasMessageContaining("in use");
    }
  }

  @Test
  void anAddressThatIsNotThereCannotBeHad() {
    List<InetAddress> elsewhere = List.of(InetAddress.ofLiteral("203.0.113.7"));
    assertThatThrownBy(() -> Pair.open(OPTIONS.at(elsewhere, 0, true), new Recorder()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("203.0.113.7");
  }

  @Test
  void aSocketIsClosedOnlyOnce() throws Exception {
    UsrsctpSocket socket = Pair.open(OPTIONS, new Recorder());
    try (socket) {
      socket.close();
      assertThat(socket.connect(Pair.HOSTS, 1)).isPositive();
    }
    assertThat(hasEnded()).isTrue();
  }

  private static boolean hasEnded() {
    return Eventually.is(() -> !Presence.library().stack().isRunning());
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("usrsctp"))
        .count();
  }
}
