package io.rserpool.services.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class MessageCutterTest {

  private static final long SEED = Long.getLong("rserpool.seed", 4);

  private static byte[] message(int length) {
    byte[] bytes = MessageHeader.begin(1, 0, length).array();
    Arrays.fill(bytes, MessageHeader.SIZE, length, (byte) length);
    return bytes;
  }

  @Test
  void messagesAreTheSameHoweverTheStreamIsCut() throws ViolationException {
    for (long run = 0; run < 500; run++) {
      SplittableRandom random = new SplittableRandom(SEED + run);
      List<byte[]> messages = new ArrayList<>();
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      for (int i = 0; i < 20; i++) {
        byte[] message = message(4 + random.nextInt(60));
        messages.add(message);
        stream.writeBytes(message);
      }
      MessageCutter cutter = new MessageCutter(64);
      List<byte[]> cut = new ArrayList<>();
      byte[] bytes = stream.toByteArray();
      for (int at = 0; at < bytes.length; ) {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(100));
        cutter.add(Arrays.copyOfRange(bytes, at, end));
        at = end;
        for (byte[] next = cutter.next(); next.length > 0; next = cutter.next()) {
          cut.add(next);
        }
      }
      assertThat(cut).as("-Drserpool.seed=%d", SEED + run).containsExactlyElementsOf(messages);
      assertThat(cutter.isBetweenMessages()).isTrue();
    }
  }

  @Test
  void streamThatEndsWithinAMessageIsKnown() throws ViolationException {
    MessageCutter cutter = new MessageCutter(64);
    cutter.add(Arrays.copyOf(message(9), 8));
    assertThat(cutter.next()).isEmpty();
    assertThat(cutter.isBetweenMessages()).isFalse();
    cutter.restart();
    cutter.add(message(9));
    assertThat(cutter.next()).isEqualTo(message(9));
  }

  @Test
  void impossibleLengthsAreNamed() {
    for (int length : List.of(0, 3, 65)) {
      MessageCutter cutter = new MessageCutter(64);
      cutter.add(new byte[] {1, 0, 0, (byte) length});
      assertThatThrownBy(cutter::next)
          .isInstanceOf(ViolationException.class)
          .hasMessageContaining("4 to 64")
          .hasMessageContaining("it is " + length);
    }
  }
}
