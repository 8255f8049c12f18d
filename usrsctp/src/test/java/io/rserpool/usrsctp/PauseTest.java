package io.rserpool.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.LossReason;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("io.rserpool.usrsctp.Presence#isThere")
@Timeout(300)
class PauseTest {

  @Test
  void nothingIsToldOfAPausedAssociationUntilItIsResumedAndThenAllInOrder() throws Exception {
    try (Pair pair = new Pair(Pair.patient())) {
      pair.calledSocket.pause(pair.calledNumber);
      send(pair, 0, 100);
      awaitLater(pair);
      assertThat(pair.called.count(Recorder.Message.class)).isZero();
      pair.calledSocket.resume(pair.calledNumber);
      send(pair, 100, 200);
      expect(pair, 0, 200);
    }
  }

  @Test
  void anEndInOrderWaitsForTheMessagesBeforeIt() throws Exception {
    try (Pair pair = new Pair(Pair.patient())) {
      pair.calledSocket.pause(pair.calledNumber);
      send(pair, 0, 100);
      pair.callerSocket.shutdown(pair.callerNumber);
      assertThat(pair.caller.await(Recorder.Down.class).reason()).isEqualTo(LossReason.CLOSED);
      assertThat(pair.called.count(Recorder.Down.class)).isZero();
      pair.calledSocket.resume(pair.calledNumber);
      expect(pair, 0, 100);
      assertThat(pair.called.await(Recorder.Down.class).reason()).isEqualTo(LossReason.CLOSED);
      assertThat(Eventually.is(() -> pair.calledSocket.kept() == 0)).isTrue();
    }
  }

  @Test
  void aBreakIsToldAtOnceAndTakesWhatWaitsWithIt() throws Exception {
    try (Pair pair = new Pair(Pair.patient())) {
      pair.calledSocket.pause(pair.calledNumber);
      send(pair, 0, 10);
      pair.callerSocket.abort(pair.callerNumber, "enough");
      assertThat(pair.called.await(Recorder.Down.class).reason()).isEqualTo(LossReason.RESET);
      pair.calledSocket.resume(pair.calledNumber);
      assertThat(pair.called.count(Recorder.Message.class)).isZero();
    }
  }

  @Test
  void whoSendsTooMuchOnAPausedAssociationLosesIt() throws Exception {
    try (Pair pair = new Pair(Pair.patient())) {
      pair.calledSocket.pause(pair.calledNumber);
      byte[] message = new byte[1 << 20];
      while (pair.caller.count(Recorder.Down.class) == 0) {
        if (!pair.callerSocket.send(pair.callerNumber, message, 0, 11)) {
          Eventually.pause();
        }
      }
      Recorder.Down down = pair.called.await(Recorder.Down.class);
      assertThat(down.reason()).isEqualTo(LossReason.OFFENDING);
      assertThat(down.detail()).contains("paused");
      assertThat(pair.caller.await(Recorder.Down.class).reason()).isEqualTo(LossReason.RESET);
      assertThat(pair.called.count(Recorder.Message.class)).isZero();
    }
  }

  /// What was sent on the first association has come as well when this has: it left before, and one
  /// thread tells of both.
  private static void awaitLater(Pair pair) throws Exception {
    Recorder later = new Recorder();
    try (UsrsctpSocket third = Pair.open(Pair.patient().at(Pair.HOSTS, 0, false), later)) {
      long number = Pair.call(third, pair.calledSocket);
      later.await(Recorder.Up.class);
      assertThat(third.send(number, new byte[] {1}, 0, 12)).isTrue();
      assertThat(pair.called.await(Recorder.Message.class).payloadProtocolId()).isEqualTo(12);
    }
  }

  private static void send(Pair pair, int from, int to) throws InterruptedException {
    for (int i = from; i < to; i++) {
      byte[] message = ByteBuffer.allocate(4).putInt(i).array();
      while (!pair.callerSocket.send(pair.callerNumber, message, 0, 11)) {
        pair.caller.await(Recorder.Writable.class);
      }
    }
  }

  private static void expect(Pair pair, int from, int to) throws InterruptedException {
    for (int i = from; i < to; i++) {
      Recorder.Message message = pair.called.await(Recorder.Message.class);
      assertThat(ByteBuffer.wrap(message.bytes()).getInt()).isEqualTo(i);
    }
  }
}
