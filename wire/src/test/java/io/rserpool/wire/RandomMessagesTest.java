package io.rserpool.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapType;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Properties that hold for every message.
class RandomMessagesTest {

  private static final int SEEDS = 400;
  private static final List<WireForm> FORMS =
      List.of(WireForm.STANDARD, WireForm.RFC, WireForm.RSPLIB);

  @Test
  void everyAsapMessageDecodesToItselfInEveryForm() {
    Seeds.each(
        SEEDS,
        "wire",
        RandomMessagesTest.class,
        random -> {
          for (WireForm form : FORMS) {
            MessageGenerator generator = new MessageGenerator(random, form);
            for (AsapType type : AsapType.values()) {
              AsapMessage message = generator.asap(type);
              byte[] bytes = new AsapCodec(form).encode(message);
              assertThat(bytes.length % 4).isZero();
              assertThat(new AsapCodec(form).decode(bytes, 0, bytes.length))
                  .isEqualTo(new Decoded.Message<>(message, List.of(), List.of()));
            }
          }
        });
  }

  @Test
  void everyEnrpMessageDecodesToItselfInEveryForm() {
    Seeds.each(
        SEEDS,
        "wire",
        RandomMessagesTest.class,
        random -> {
          for (WireForm form : FORMS) {
            MessageGenerator generator = new MessageGenerator(random, form);
            for (EnrpType type : EnrpType.values()) {
              EnrpMessage message = generator.enrp(type);
              byte[] bytes = new EnrpCodec(form).encode(message);
              assertThat(bytes.length % 4).isZero();
              assertThat(new EnrpCodec(form).decode(bytes, 0, bytes.length))
                  .isEqualTo(new Decoded.Message<>(message, List.of(), List.of()));
              assertThat(EnrpCodec.senderOf(bytes, 0, bytes.length)).isEqualTo(message.sender());
            }
          }
        });
  }

  @Test
  void bothLengthFormsAreReadAlikeAndDifferInLengthsOnly() {
    WireForm counted = WireForm.STANDARD.withLengthForm(LengthForm.PADDING_COUNTED);
    Seeds.each(
        SEEDS,
        "wire",
        RandomMessagesTest.class,
        random -> {
          AsapMessage message = new MessageGenerator(random, WireForm.STANDARD).asap();
          byte[] rfc = new AsapCodec(WireForm.STANDARD).encode(message);
          byte[] padded = new AsapCodec(counted).encode(message);
          assertThat(padded).hasSameSizeAs(rfc);
          assertThat(new AsapCodec(WireForm.STANDARD).decode(padded, 0, padded.length))
              .isEqualTo(new AsapCodec(counted).decode(rfc, 0, rfc.length));
        });
  }

  @Test
  void equalMessagesGiveEqualBytes() {
    long seed = Seeds.first();
    MessageGenerator one = new MessageGenerator(new SplittableRandom(seed), WireForm.STANDARD);
    MessageGenerator two = new MessageGenerator(new SplittableRandom(seed), WireForm.STANDARD);
    for (int i = 0; i < SEEDS; i++) {
      assertThat(new AsapCodec(WireForm.STANDARD).encode(one.asap()))
          .as(Seeds.replay(seed, "wire", RandomMessagesTest.class))
          .isEqualTo(new AsapCodec(WireForm.STANDARD).encode(two.asap()));
      assertThat(new EnrpCodec(WireForm.STANDARD).encode(one.enrp()))
          .isEqualTo(new EnrpCodec(WireForm.STANDARD).encode(two.enrp()));
    }
  }

  @Test
  void theRawFormOfAnyMessageIsWrittenBackByteByByte() {
    Seeds.each(
        SEEDS,
        "wire",
        RandomMessagesTest.class,
        random -> {
          for (LengthForm lengthForm : LengthForm.values()) {
            WireForm form = WireForm.STANDARD.withLengthForm(lengthForm);
            byte[] asap = new AsapCodec(form).encode(new MessageGenerator(random, form).asap());
            byte[] enrp = new EnrpCodec(form).encode(new MessageGenerator(random, form).enrp());
            assertThat(raw(Protocol.ASAP, asap).encode(lengthForm)).isEqualTo(asap);
            assertThat(raw(Protocol.ENRP, enrp).encode(lengthForm)).isEqualTo(enrp);
          }
        });
  }

  @Test
  void aMessageIsFoundAnywhereInALargerArray() {
    Seeds.each(
        SEEDS,
        "wire",
        RandomMessagesTest.class,
        random -> {
          AsapMessage message = new MessageGenerator(random, WireForm.STANDARD).asap();
          byte[] bytes = new AsapCodec(WireForm.STANDARD).encode(message);
          byte[] larger = new byte[bytes.length + 11];
          Arrays.fill(larger, (byte) 0xaa);
          System.arraycopy(bytes, 0, larger, 3, bytes.length);
          assertThat(new AsapCodec(WireForm.STANDARD).decode(larger, 3, bytes.length + 5))
              .isEqualTo(new Decoded.Message<>(message, List.of(), List.of()));
        });
  }

  private static RawMessage raw(Protocol protocol, byte[] bytes) {
    assertThat(RawMessage.decode(protocol, bytes, 0, bytes.length))
        .isInstanceOf(Decoded.Message.class);
    return ((Decoded.Message<RawMessage>) RawMessage.decode(protocol, bytes, 0, bytes.length))
        .message();
  }
}
