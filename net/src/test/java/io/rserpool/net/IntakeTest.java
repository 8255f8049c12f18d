package io.rserpool.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rserpool.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IntakeTest {

  private final List<Integer> delivered = new ArrayList<>();
  private int pauseAfter = Integer.MAX_VALUE;

  private final Intake intake =
      new Intake(
          65_535,
          new byte[64],
          new InboundMessages.Sink() {
            @Override
            public void message(byte[] bytes, int offset, int length) {
              delivered.add((int) bytes[offset]);
              if (delivered.size() % pauseAfter == 0) {
                assertThat(intake().pause()).isTrue();
              }
            }

            @Override
            public void unframeable(Octets header, String explanation) {
              throw new AssertionError(explanation);
            }

            @Override
            public boolean isOpen() {
              return !intake().isPaused();
            }
          });

  private Intake intake() {
    return intake;
  }

  /// Messages without content whose types count up.
  private static ByteBuf messages(int from, int count) {
    byte[] bytes = new byte[4 * count];
    for (int i = 0; i < count; i++) {
      bytes[4 * i] = (byte) (from + i);
      bytes[4 * i + 3] = 4;
    }
    return Unpooled.wrappedBuffer(bytes);
  }

  @Test
  void aPauseAmidOneReadLosesNothingAndKeepsTheOrder() {
    pauseAfter = 3;
    ByteBuf first = messages(1, 10);
    ByteBuf second = messages(11, 2);
    intake.read(first);
    assertThat(delivered).containsExactly(1, 2, 3);
    intake.read(second);
    assertThat(delivered).as("paused").hasSize(3);
    while (intake.isPaused()) {
      intake.resume();
    }
    assertThat(delivered).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(first.refCnt()).isZero();
    assertThat(second.refCnt()).isZero();
  }

  @Test
  void aMessageInPartsOutlivesAPauseWhichIsNotThePeersDelay() {
    ByteBuf message = messages(7, 1);
    intake.read(message.readRetainedSlice(3));
    long begun = intake.stage();
    assertThat(intake.awaitsRest()).isTrue();
    assertThat(intake.pause()).isTrue();
    assertThat(intake.pause()).as("once more").isFalse();
    assertThat(intake.awaitsRest()).isFalse();
    intake.read(message);
    intake.resume();
    assertThat(intake.stage()).isNotEqualTo(begun);
    assertThat(delivered).containsExactly(7);
    assertThat(message.refCnt()).isZero();
  }

  @Test
  void whatIsHeldIsReleasedWhenItIsNotWantedAnyMore() {
    assertThat(intake.pause()).isTrue();
    ByteBuf held = messages(1, 3);
    intake.read(held);
    assertThat(held.refCnt()).isOne();
    intake.discard();
    assertThat(held.refCnt()).isZero();
    assertThat(delivered).isEmpty();
  }
}
