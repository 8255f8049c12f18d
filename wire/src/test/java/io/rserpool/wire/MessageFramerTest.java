package io.rserpool.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapMessage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Messages in a byte stream.
class MessageFramerTest {

  private static final AsapCodec CODEC = new AsapCodec(WireForm.STANDARD);

  @Test
  void aStreamIsCutIntoItsMessagesHoweverItArrives() {
    Seeds.each(
        50,
        "wire",
        MessageFramerTest.class,
        random -> {
          MessageGenerator generator = new MessageGenerator(random, WireForm.STANDARD);
          List<AsapMessage> sent = new ArrayList<>();
          ByteArrayOutputStream stream = new ByteArrayOutputStream();
          for (int i = 0; i < 20; i++) {
            sent.add(generator.asap());
            stream.writeBytes(CODEC.encode(sent.getLast()));
          }
          byte[] bytes = stream.toByteArray();
          List<AsapMessage> received = new ArrayList<>();
          int from = 0;
          int to = 0;
          while (to < bytes.length) {
            to = Math.min(bytes.length, to + random.nextInt(1, 300));
            int size = MessageFramer.next(bytes, from, to - from, MessageFramer.SIZE_MAX);
            while (size > 0) {
              received.add(message(CODEC.decode(bytes, from, size)));
              from += size;
              size = MessageFramer.next(bytes, from, to - from, MessageFramer.SIZE_MAX);
            }
            assertThat(size).isEqualTo(MessageFramer.NEED_MORE);
          }
          assertThat(received).isEqualTo(sent);
        });
  }

  @Test
  void aMessageIsCompleteWithItsLastPadding() {
    byte[] bytes = HexFormat.of().parseHex("050000150009001144617974696d65506f6f6c2d31000000");
    for (int available = 0; available < 24; available++) {
      assertThat(MessageFramer.next(bytes, 0, available, 100)).isEqualTo(MessageFramer.NEED_MORE);
    }
    assertThat(MessageFramer.next(bytes, 0, 24, 100)).isEqualTo(24);
    assertThat(MessageFramer.sizeOf(bytes, 0, 100)).isEqualTo(24);
  }

  @Test
  void aLengthThatCannotBeSkippedIsAFaultAsSoonAsItIsSeen() {
    byte[] tooShort = HexFormat.of().parseHex("05000003");
    byte[] tooLong = HexFormat.of().parseHex("05000015");
    assertThat(MessageFramer.next(tooShort, 0, 4, 100)).isEqualTo(MessageFramer.TOO_SHORT);
    assertThat(MessageFramer.next(tooLong, 0, 4, 20)).isEqualTo(MessageFramer.TOO_LONG);
    assertThat(MessageFramer.next(tooLong, 0, 4, 24)).isEqualTo(MessageFramer.NEED_MORE);
    assertThat(CODEC.encode(new AsapError(List.of(MessageFramer.cause(tooShort, 0)))))
        .asHexString()
        .isEqualToIgnoringCase("0e000010000c000c0003000805000003");
  }

  @Test
  void theLargestMessageIsWithinTheLargestLimit() {
    byte[] header = HexFormat.of().parseHex("0b00ffff");
    assertThat(MessageFramer.sizeOf(header, 0, MessageFramer.SIZE_MAX)).isEqualTo(65_536);
  }

  private static AsapMessage message(Decoded<AsapMessage> decoded) {
    assertThat(decoded).isInstanceOf(Decoded.Message.class);
    return ((Decoded.Message<AsapMessage>) decoded).message();
  }
}
