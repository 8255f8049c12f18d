package io.rserpool.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.LossReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// What a peer that does not read, or sends too much, does to the others: nothing.
@EnabledIf("io.rserpool.usrsctp.Presence#isThere")
@Timeout(180)
class IsolationTest {

  private static final int BUFFER = 1 << 16;
  private static final byte[] MESSAGE = new byte[1_000];

  @Test
  void aPeerThatDoesNotReadStopsNobodyElseAndIsServedWhenItReadsAgain() throws Exception {
    try (Pair pair = new Pair(Pair.withBuffer(BUFFER));
        RawPeer sleeper = new RawPeer(Pair.withBuffer(BUFFER))) {
      sleeper.call(pair.calledSocket);
      Recorder.Up up = pair.called.await(Recorder.Up.class);
      assertThat(up.peerPort()).isEqualTo(sleeper.port());
      int taken = fill(pair.calledSocket, up.association());
      // What it has not read, and what waits here: about two buffers.
      assertThat(taken * MESSAGE.length).isBetween(BUFFER, 3 * BUFFER);
      pair.called.forget(Recorder.Writable.class);

      for (int i = 0; i < 500; i++) {
        assertThat(pair.calledSocket.send(pair.calledNumber, MESSAGE, 1, i)).isTrue();
        assertThat(pair.caller.await(Recorder.Message.class).payloadProtocolId()).isEqualTo(i);
        assertThat(pair.callerSocket.send(pair.callerNumber, MESSAGE, 0, i)).isTrue();
        assertThat(pair.called.await(Recorder.Message.class).payloadProtocolId()).isEqualTo(i);
      }
      assertThat(pair.calledSocket.send(up.association(), MESSAGE, 0, 0)).isFalse();

      sleeper.read(taken);
      assertThat(pair.called.await(Recorder.Writable.class).association())
          .isEqualTo(up.association());
      assertThat(pair.calledSocket.send(up.association(), MESSAGE, 0, 0)).isTrue();
      sleeper.read(1);
      assertThat(pair.called.count(Recorder.Down.class)).isZero();
    }
  }

  @Test
  void anAssociationWithAFullBufferCanBeBroken() throws Exception {
    try (Pair pair = new Pair(Pair.withBuffer(BUFFER));
        RawPeer sleeper = new RawPeer(Pair.withBuffer(BUFFER))) {
      sleeper.call(pair.calledSocket);
      long number = pair.called.await(Recorder.Up.class).association();
      fill(pair.calledSocket, number);
      pair.calledSocket.abort(number, "does not read");
      assertThat(Eventually.is(() -> pair.calledSocket.kept() == 1)).isTrue();
      assertThat(pair.called.count(Recorder.Down.class)).isZero();
    }
  }

  @Test
  void aPeerThatBreaksOffWithAFullBufferIsTold() throws Exception {
    try (Pair pair = new Pair(Pair.withBuffer(BUFFER));
        RawPeer sleeper = new RawPeer(Pair.withBuffer(BUFFER))) {
      sleeper.call(pair.calledSocket);
      long number = pair.called.await(Recorder.Up.class).association();
      fill(pair.calledSocket, number);
      sleeper.abort();
      Recorder.Down down = pair.called.await(Recorder.Down.class);
      assertThat(down.association()).isEqualTo(number);
      assertThat(down.reason()).isEqualTo(LossReason.RESET);
      assertThat(down.detail()).contains("saying 'had enough'");
    }
  }

  @Test
  void aMessageThatIsTooLongBreaksItsAssociationAndNoOther() throws Exception {
    try (Pair pair = new Pair(Pair.patient());
        RawPeer chatterer = new RawPeer(Pair.withBuffer(1 << 21))) {
      chatterer.call(pair.calledSocket);
      long number = pair.called.await(Recorder.Up.class).association();
      assertThat(chatterer.send(new byte[(1 << 20) + 1])).isZero();
      Recorder.Down down = pair.called.await(Recorder.Down.class);
      assertThat(down.association()).isEqualTo(number);
      assertThat(down.reason()).isEqualTo(LossReason.OFFENDING);
      assertThat(down.detail())
          .contains("127.0.0.1 port " + chatterer.port())
          .contains("sent a message of more than 1048576 bytes");
      assertThat(pair.calledSocket.send(pair.calledNumber, MESSAGE, 0, 1)).isTrue();
      assertThat(pair.caller.await(Recorder.Message.class).bytes()).isEqualTo(MESSAGE);
      assertThat(pair.called.count(Recorder.Message.class)).isZero();
    }
  }

  @Test
  void aListenerThatThrowsDoesNotStopTheSocket() throws Exception {
    Recorder caller = new Recorder();
    Recorder faulty =
        new Recorder() {
          @Override
          public void message(long association, byte[] message, int stream, int id) {
            super.message(association, message, stream, id);
            throw new IllegalStateException("a fault of the listener's");
          }
        };
    try (UsrsctpSocket listening = Pair.open(Pair.patient().at(Pair.HOSTS, 0, true), faulty);
        UsrsctpSocket calling = Pair.open(Pair.patient().at(Pair.HOSTS, 0, false), caller)) {
      long number = Pair.call(calling, listening);
      caller.await(Recorder.Up.class);
      for (int i = 0; i < 3; i++) {
        assertThat(calling.send(number, MESSAGE, 0, i)).isTrue();
        assertThat(faulty.await(Recorder.Message.class).payloadProtocolId()).isEqualTo(i);
      }
    }
  }

  /// Sends until nothing more is taken.
  private static int fill(UsrsctpSocket socket, long association) throws InterruptedException {
    int taken = 0;
    // What is on its way when the buffer is full makes some room yet.
    for (int refusals = 0; refusals < 30; ) {
      if (socket.send(association, MESSAGE, 0, taken)) {
        taken++;
        refusals = 0;
      } else {
        Eventually.pause();
        refusals++;
      }
    }
    return taken;
  }
}
