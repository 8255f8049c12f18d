package io.rserpool.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpOptions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("io.rserpool.usrsctp.Presence#isThere")
@Timeout(180)
class OtherProcessTest {

  @Test
  void messagesGoToAnotherProcessAndBack() throws Exception {
    int udpPort = UdpPorts.free();
    Recorder recorder = new Recorder();
    Random random = new Random(5);
    try (Child child = new Child(List.of(), EchoPeer.class, udpPort, 4711);
        UsrsctpSocket socket = Pair.open(Pair.patient().at(Pair.HOSTS, 0, false), recorder)) {
      assertThat(child.line()).isEqualTo("4711");
      long number = socket.connect(Pair.HOSTS, 4711, udpPort);
      recorder.await(Recorder.Up.class);
      for (int size = 1; size <= 200_000; size = size * 3 + 1) {
        byte[] message = new byte[size];
        random.nextBytes(message);
        assertThat(socket.send(number, message, size % 2, size)).isTrue();
        Recorder.Message echo = recorder.await(Recorder.Message.class);
        assertThat(echo.bytes()).isEqualTo(message);
        assertThat(echo.stream()).isEqualTo(size % 2);
        assertThat(echo.payloadProtocolId()).isEqualTo(size);
      }
      socket.shutdown(number);
      assertThat(recorder.await(Recorder.Down.class).reason()).isEqualTo(LossReason.CLOSED);
    }
  }

  @Test
  void aPeerThatIsKilledIsNoticedWithNothingOnItsWay() throws Exception {
    killedPeerIsNoticed(0);
  }

  @Test
  void aPeerThatIsKilledIsNoticedWithMessagesOnTheirWay() throws Exception {
    killedPeerIsNoticed(20);
  }

  private static void killedPeerIsNoticed(int messages) throws Exception {
    int udpPort = UdpPorts.free();
    Recorder recorder = new Recorder();
    try (Child child = new Child(List.of(), EchoPeer.class, udpPort, 4711);
        UsrsctpSocket socket = Pair.open(Hasty.options().at(Pair.HOSTS, 0, false), recorder)) {
      child.line();
      long number = socket.connect(Pair.HOSTS, 4711, udpPort);
      recorder.await(Recorder.Up.class);
      child.kill();
      for (int i = 0; i < messages; i++) {
        socket.send(number, new byte[100], 0, 11);
      }
      Recorder.Down down = recorder.await(Recorder.Down.class);
      assertThat(down.association()).isEqualTo(number);
      assertThat(down.reason()).isEqualTo(LossReason.UNREACHABLE);
      assertThat(down.detail()).isEqualTo("127.0.0.1 port 4711 has not answered for too long");
    }
  }

  @Test
  void aPeerThatStartsAgainWithTheSamePortsIsTold() throws Exception {
    int udpPort = UdpPorts.free();
    Recorder recorder = new Recorder();
    SctpOptions options = Pair.patient().at(Pair.HOSTS, 0, true);
    try (UsrsctpSocket socket = Pair.open(options, recorder)) {
      long number;
      try (Child child = child(udpPort, socket)) {
        child.line();
        number = recorder.await(Recorder.Up.class).association();
      }
      try (Child child = child(udpPort, socket)) {
        child.line();
        assertThat(recorder.await(Recorder.Restarted.class).association()).isEqualTo(number);
        assertThat(socket.send(number, new byte[] {7}, 0, 11)).isTrue();
        assertThat(recorder.await(Recorder.Message.class).bytes()).containsExactly(7);
        assertThat(recorder.count(Recorder.Up.class)).isZero();
        assertThat(recorder.count(Recorder.Down.class)).isZero();
      }
    }
  }

  private static Child child(int udpPort, UsrsctpSocket parent) throws Exception {
    return new Child(List.of(), EchoPeer.class, udpPort, 4711, parent.udpPort(), parent.port());
  }
}
