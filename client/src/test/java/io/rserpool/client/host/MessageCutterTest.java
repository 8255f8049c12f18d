package io.rserpool.client.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class MessageCutterTest {

  private static final long SEED = Long.getLong("rserpool.seed", 4);

  /// Two bytes, then two with the length of all.
  private static final MessageBounds BOUNDS = MessageBounds.lengthField(2, 2, 0);

  private static byte[] message(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) length);
    bytes[2] = 0;
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
      MessageCutter cutter = new MessageCutter(64, BOUNDS);
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
    MessageCutter cutter = new MessageCutter(64, BOUNDS);
    cutter.add(Arrays.copyOf(message(9), 8));
    assertThat(cutter.next()).isEmpty();
    assertThat(cutter.isBetweenMessages()).isFalse();
    cutter.restart();
    cutter.add(message(9));
    assertThat(cutter.next()).isEqualTo(message(9));
  }

  @Test
  void impossibleLengthsAreNamed() {
    for (int length : List.of(0, 3)) {
      assertThatThrownBy(() -> cutterAfter(1, 0, 0, length).next())
          .isInstanceOf(ViolationException.class)
          .hasMessage("expected a length of 4 or more, but it is " + length);
    }
    assertThatThrownBy(() -> cutterAfter(1, 0, 0, 65).next())
        .isInstanceOf(ViolationException.class)
        .hasMessage("expected a message of at most 64 bytes, but it has 65");
  }

  private static MessageCutter cutterAfter(int... bytes) {
    MessageCutter cutter = new MessageCutter(64, BOUNDS);
    for (int one : bytes) {
      cutter.add(new byte[] {(byte) one});
    }
    return cutter;
  }

  @Test
  void lengthThatDoesNotCountItsHeaderAndLargeFieldsAreUnderstood() throws ViolationException {
    MessageCutter cutter = new MessageCutter(64, MessageBounds.lengthField(0, 4, 4));
    cutter.add(new byte[] {0, 0, 0, 2, 8, 9, 0, 0, 0, 0});
    assertThat(cutter.next()).containsExactly(0, 0, 0, 2, 8, 9);
    assertThat(cutter.next()).containsExactly(0, 0, 0, 0);
    cutter.add(new byte[] {-1, -1, -1, -1});
    assertThatThrownBy(cutter::next).isInstanceOf(ViolationException.class);
  }

  @Test
  void linesAreCutBehindTheirLineFeedAndMayNotBeTooLong() throws ViolationException {
    MessageCutter cutter = new MessageCutter(4, MessageBounds.lines());
    cutter.add("a\n\nbc".getBytes(StandardCharsets.US_ASCII));
    assertThat(cutter.next()).asString().isEqualTo("a\n");
    assertThat(cutter.next()).asString().isEqualTo("\n");
    assertThat(cutter.next()).isEmpty();
    cutter.add("de".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(cutter::next)
        .isInstanceOf(ViolationException.class)
        .hasMessage("expected a message of at most 4 bytes, but 4 have come without its end");
  }

  @Test
  void impossibleLengthFieldsAreRefused() {
    for (int[] field : List.of(new int[] {-1, 2, 0}, new int[] {0, 5, 0}, new int[] {0, 0, 0})) {
      assertThatThrownBy(() -> MessageBounds.lengthField(field[0], field[1], field[2]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
