package io.rserpool.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.LossReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// That nothing is left of what is gone.
@EnabledIf("io.rserpool.usrsctp.Presence#isThere")
@Timeout(300)
class ManyAssociationsTest {

  private static final int ROUNDS = 1_000;

  @Test
  void nothingIsLeftOfAThousandAssociations() throws Exception {
    Recorder caller = new Recorder();
    Recorder called = new Recorder();
    ProcessStack stack = Presence.library().stack();
    try (UsrsctpSocket listening = Pair.open(Pair.patient().at(Pair.HOSTS, 0, true), called);
        UsrsctpSocket calling = Pair.open(Pair.patient().at(Pair.HOSTS, 0, false), caller)) {
      long last = 0;
      for (int i = 0; i < ROUNDS; i++) {
        long number = Pair.call(calling, listening);
        assertThat(number).isGreaterThan(last);
        last = number;
        caller.await(Recorder.Up.class);
        long there = called.await(Recorder.Up.class).association();
        assertThat(calling.send(number, new byte[10], 0, i)).isTrue();
        assertThat(called.await(Recorder.Message.class).payloadProtocolId()).isEqualTo(i);
        if (i % 3 == 0) {
          calling.abort(number, "enough");
          assertThat(called.await(Recorder.Down.class).reason()).isEqualTo(LossReason.RESET);
        } else {
          (i % 3 == 1 ? calling : listening).shutdown(i % 3 == 1 ? number : there);
          assertThat(called.await(Recorder.Down.class).reason()).isEqualTo(LossReason.CLOSED);
          assertThat(caller.await(Recorder.Down.class).reason()).isEqualTo(LossReason.CLOSED);
        }
      }
      assertThat(Eventually.is(() -> calling.kept() == 0 && listening.kept() == 0)).isTrue();
      assertThat(stack.established()).isZero();
    }
    assertThat(Eventually.is(() -> !stack.isRunning())).isTrue();
    assertThat(Upcalls.sockets()).isZero();
  }

  @Test
  void aSocketWithManyAssociationsIsClosedWithAllOfThem() throws Exception {
    int callers = 40;
    Recorder called = new Recorder();
    Recorder caller = new Recorder();
    UsrsctpSocket[] sockets = new UsrsctpSocket[callers];
    try (UsrsctpSocket listening = Pair.open(Pair.patient().at(Pair.HOSTS, 0, true), called)) {
      for (int i = 0; i < callers; i++) {
        sockets[i] = Pair.open(Pair.patient().at(Pair.HOSTS, 0, false), caller);
        Pair.call(sockets[i], listening);
      }
      for (int i = 0; i < callers; i++) {
        called.await(Recorder.Up.class);
        caller.await(Recorder.Up.class);
      }
    }
    for (int i = 0; i < callers; i++) {
      assertThat(caller.await(Recorder.Down.class).reason()).isEqualTo(LossReason.CLOSED);
    }
    for (UsrsctpSocket socket : sockets) {
      assertThat(socket.kept()).isZero();
      socket.close();
    }
    ProcessStack stack = Presence.library().stack();
    assertThat(Eventually.is(() -> !stack.isRunning())).isTrue();
  }
}
