package io.rserpool.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.LossReason;
import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("io.rserpool.usrsctp.Presence#isThere")
@Timeout(120)
class AssociationLifeTest {

  @Test
  void bothSidesAreToldOfAnAssociation() throws Exception {
    try (Pair pair = new Pair(Pair.patient())) {
      assertThat(pair.callerUp)
          .isEqualTo(
              new Recorder.Up(
                  pair.callerNumber, false, Pair.HOSTS, pair.calledSocket.port(), Pair.HOSTS, 2));
      assertThat(pair.calledUp)
          .isEqualTo(
              new Recorder.Up(
                  pair.calledNumber, true, Pair.HOSTS, pair.callerSocket.port(), Pair.HOSTS, 2));
      assertThat(pair.calledSocket.addresses()).isEqualTo(Pair.HOSTS);
    }
  }

  @Test
  void aListeningSocketCallsFromItsOwnPort() throws Exception {
    Recorder first = new Recorder();
    Recorder second = new Recorder();
    try (UsrsctpSocket one = Pair.open(Pair.patient().at(Pair.HOSTS, 0, true), first);
        UsrsctpSocket two = Pair.open(Pair.patient().at(Pair.HOSTS, 0, true), second)) {
      Pair.call(one, two);
      assertThat(second.await(Recorder.Up.class).peerPort()).isEqualTo(one.port());
    }
  }

  @Test
  void aSocketBoundToAllAddressesIsReachedByIpv4AndKnowsItsAddresses() throws Exception {
    Recorder all = new Recorder();
    Recorder caller = new Recorder();
    try (UsrsctpSocket open = Pair.open(Pair.patient().at(List.of(), 0, true), all);
        UsrsctpSocket calling = Pair.open(Pair.patient().at(List.of(), 0, false), caller)) {
      assertThat(open.addresses()).contains(Pair.HOST);
      Pair.call(calling, open);
      assertThat(all.await(Recorder.Up.class).peers()).contains(Pair.HOST);
      assertThat(caller.await(Recorder.Up.class).locals()).contains(Pair.HOST);
    }
  }

  @Test
  void aSocketReachesItself() throws Exception {
    Recorder recorder = new Recorder();
    try (UsrsctpSocket socket = Pair.open(Pair.patient().at(Pair.HOSTS, 0, true), recorder)) {
      long number = Pair.call(socket, socket);
      // Whatever comes of it: something is told, and nothing breaks.
      assertThat(number).isPositive();
    }
  }

  @Test
  void shutdownDeliversWhatWasSentAndTellsBothSides() throws Exception {
    byte[] message = new byte[100_000];
    new Random(1).nextBytes(message);
    try (Pair pair = new Pair(Pair.patient())) {
      for (int i = 0; i < 5; i++) {
        assertThat(pair.callerSocket.send(pair.callerNumber, message, 1, i)).isTrue();
      }
      pair.callerSocket.shutdown(pair.callerNumber);
      assertThat(pair.callerSocket.send(pair.callerNumber, message, 1, 9)).isFalse();
      for (int i = 0; i < 5; i++) {
        Recorder.Message received = pair.called.await(Recorder.Message.class);
        assertThat(received.payloadProtocolId()).isEqualTo(i);
        assertThat(received.bytes()).isEqualTo(message);
      }
      assertThat(pair.called.await(Recorder.Down.class).reason()).isEqualTo(LossReason.CLOSED);
      Recorder.Down down = pair.caller.await(Recorder.Down.class);
      assertThat(down.reason()).isEqualTo(LossReason.CLOSED);
      assertThat(down.association()).isEqualTo(pair.callerNumber);
    }
  }

  @Test
  void anAssociationThatIsShutDownWhileItIsOpenedComesUpAndEndsInOrder() throws Exception {
    Recorder caller = new Recorder();
    Recorder called = new Recorder();
    try (UsrsctpSocket listening = Pair.open(Pair.patient().at(Pair.HOSTS, 0, true), called);
        UsrsctpSocket calling = Pair.open(Pair.patient().at(Pair.HOSTS, 0, false), caller)) {
      calling.shutdown(Pair.call(calling, listening));
      assertThat(called.await(Recorder.Down.class).reason()).isEqualTo(LossReason.CLOSED);
      assertThat(caller.await(Recorder.Down.class).reason()).isEqualTo(LossReason.CLOSED);
    }
  }

  @Test
  void abortTellsThePeerWhyAndTheCallerNothing() throws Exception {
    try (Pair pair = new Pair(Pair.patient())) {
      pair.callerSocket.abort(pair.callerNumber, "too many\nelements");
      Recorder.Down down = pair.called.await(Recorder.Down.class);
      assertThat(down.reason()).isEqualTo(LossReason.RESET);
      assertThat(down.detail()).contains("too many?elements").contains("127.0.0.1");
      assertThat(pair.callerSocket.send(pair.callerNumber, new byte[1], 0, 0)).isFalse();
      long second = Pair.call(pair.callerSocket, pair.calledSocket);
      assertThat(pair.caller.await(Recorder.Up.class).association()).isEqualTo(second);
      assertThat(pair.caller.count(Recorder.Down.class)).isZero();
      assertThat(second).isNotEqualTo(pair.callerNumber);
    }
  }

  @Test
  void anAssociationThatIsAbortedWhileItIsOpenedEndsAsSoonAsItIsUp() throws Exception {
    Recorder caller = new Recorder();
    Recorder called = new Recorder();
    try (UsrsctpSocket listening = Pair.open(Pair.patient().at(Pair.HOSTS, 0, true), called);
        UsrsctpSocket calling = Pair.open(Pair.patient().at(Pair.HOSTS, 0, false), caller)) {
      calling.abort(Pair.call(calling, listening), "changed my mind");
      assertThat(called.await(Recorder.Down.class).detail()).contains("changed my mind");
      assertThat(Eventually.is(() -> calling.kept() == 0)).isTrue();
      assertThat(caller.count(Recorder.Down.class)).isZero();
    }
  }

  @Test
  void anAssociationThatIsAbortedWhileNobodyAnswersIsForgotten() throws Exception {
    Recorder recorder = new Recorder();
    try (UsrsctpSocket socket = Pair.open(Hasty.options().at(Pair.HOSTS, 0, false), recorder)) {
      long number = socket.connect(Pair.HOSTS, 4711, UdpPorts.free());
      socket.abort(number, "changed my mind");
      assertThat(Eventually.is(() -> socket.kept() == 0)).isTrue();
      assertThat(recorder.count(Recorder.Down.class)).isZero();
    }
  }

  @Test
  void nobodyListensAtThePort() throws Exception {
    try (Pair pair = new Pair(Pair.patient())) {
      long number =
          pair.calledSocket.connect(Pair.HOSTS, pair.callerSocket.port() ^ 1, pair.udpPort());
      Recorder.Down down = pair.called.await(Recorder.Down.class);
      assertThat(down.association()).isEqualTo(number);
      assertThat(down.reason()).isEqualTo(LossReason.REFUSED);
    }
  }

  @Test
  void nobodyHasTheUdpPort() throws Exception {
    Recorder recorder = new Recorder();
    try (UsrsctpSocket socket = Pair.open(Hasty.options().at(Pair.HOSTS, 0, false), recorder)) {
      long number = socket.connect(Pair.HOSTS, 4711, UdpPorts.free());
      Recorder.Down down = recorder.await(Recorder.Down.class);
      assertThat(down.association()).isEqualTo(number);
      assertThat(down.reason()).isEqualTo(LossReason.UNREACHABLE);
      assertThat(down.detail()).contains("127.0.0.1 port 4711");
    }
  }

  @Test
  void aSecondAssociationWithTheSamePeerCannotBeOpened() throws Exception {
    try (Pair pair = new Pair(Pair.patient())) {
      long number = Pair.call(pair.callerSocket, pair.calledSocket);
      Recorder.Down down = pair.caller.await(Recorder.Down.class);
      assertThat(down.association()).isEqualTo(number);
      assertThat(down.detail()).contains("cannot be called");
    }
  }

  @Test
  void anAddressOfAnotherFamilyCannotBeCalled() throws Exception {
    Recorder recorder = new Recorder();
    try (UsrsctpSocket socket = Pair.open(Pair.patient().at(Pair.HOSTS, 0, false), recorder)) {
      long number = socket.connect(List.of(InetAddress.ofLiteral("::1")), 4711);
      assertThat(recorder.await(Recorder.Down.class).association()).isEqualTo(number);
    }
  }

  @Test
  void whatIsAskedOfAnUnknownAssociationIsNotDone() throws Exception {
    try (Pair pair = new Pair(Pair.patient())) {
      assertThat(pair.callerSocket.send(4711, new byte[1], 0, 0)).isFalse();
      pair.callerSocket.shutdown(4711);
      pair.callerSocket.abort(4711, "");
      assertThat(pair.callerSocket.send(pair.callerNumber, new byte[1], 0, 0)).isTrue();
    }
  }

  @Test
  void closeDeliversWhatWasSentAndTellsOnlyThePeer() throws Exception {
    byte[] message = new byte[200_000];
    new Random(2).nextBytes(message);
    Pair pair = new Pair(Pair.patient());
    try (pair) {
      for (int i = 0; i < 5; i++) {
        assertThat(pair.callerSocket.send(pair.callerNumber, message, 0, i)).isTrue();
      }
      pair.callerSocket.close();
      for (int i = 0; i < 5; i++) {
        Recorder.Message received = pair.called.await(Recorder.Message.class);
        assertThat(received.payloadProtocolId()).isEqualTo(i);
        assertThat(received.bytes()).isEqualTo(message);
      }
      assertThat(pair.called.await(Recorder.Down.class).reason()).isEqualTo(LossReason.CLOSED);
      assertThat(pair.caller.count(Recorder.Down.class)).isZero();
      assertThat(pair.callerSocket.send(pair.callerNumber, new byte[1], 0, 0)).isFalse();
    }
  }

  @Test
  void aPeerThatSendsOnDoesNotKeepASocketFromClosing() throws Exception {
    try (Pair pair = new Pair(Pair.patient())) {
      byte[] message = new byte[100_000];
      while (pair.calledSocket.send(pair.calledNumber, message, 0, 0)) {
        assertThat(pair.caller.count(Recorder.Message.class)).isLessThan(100_000);
      }
      pair.callerSocket.close();
      assertThat(pair.called.await(Recorder.Down.class).association()).isEqualTo(pair.calledNumber);
    }
  }

  @Test
  void aStreamThatIsNotThereIsTheCallersFault() throws Exception {
    try (Pair pair = new Pair(Pair.patient())) {
      assertThatThrownBy(() -> pair.callerSocket.send(pair.callerNumber, new byte[1], 2, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("has 2 streams, but this is stream 2");
    }
  }
}
