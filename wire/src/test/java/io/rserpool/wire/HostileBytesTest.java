package io.rserpool.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.rserpool.protocol.asap.AsapType;
import io.rserpool.protocol.enrp.EnrpType;
import io.rserpool.wire.fuzz.AsapDecoderFuzz;
import io.rserpool.wire.fuzz.EnrpDecoderFuzz;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes that nobody meant: whatever they are, decoding ends with a message or a fault. Each check
/// runs the targets of the fuzzer, so all that must hold for any bytes is checked here, too.
class HostileBytesTest {

  static List<Vector> vectors() {
    return Vector.all();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void anExampleCutAtAnyLengthIsHandled(Vector vector) {
    for (int length = 0; length < vector.bytes().length; length++) {
      check(vector.protocol(), Arrays.copyOf(vector.bytes(), length));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void anExampleCutByMoreThanItsPaddingIsNoMessage(Vector vector) {
    int messageLength = ((vector.bytes()[2] & 0xff) << 8) | (vector.bytes()[3] & 0xff);
    for (int length = 0; length < messageLength; length++) {
      assertThat(decode(vector.protocol(), Arrays.copyOf(vector.bytes(), length)))
          .isInstanceOf(Decoded.Fault.class);
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void anExampleWithAnyBitFlippedIsHandled(Vector vector) {
    flipEveryBit(vector.protocol(), vector.bytes());
  }

  @Test
  void aRandomMessageCutAtAnyLengthOrWithAnyBitFlippedIsHandled() {
    Seeds.each(
        3,
        "wire",
        HostileBytesTest.class,
        random -> {
          MessageGenerator generator = new MessageGenerator(random, WireForm.STANDARD);
          for (AsapType type : AsapType.values()) {
            mangle(Protocol.ASAP, new AsapCodec(WireForm.STANDARD).encode(generator.asap(type)));
          }
          for (EnrpType type : EnrpType.values()) {
            mangle(Protocol.ENRP, new EnrpCodec(WireForm.STANDARD).encode(generator.enrp(type)));
          }
        });
  }

  @Test
  void anyRandomBytesAreHandled() {
    Seeds.each(
        2_000,
        "wire",
        HostileBytesTest.class,
        random -> {
          byte[] bytes = new byte[random.nextInt(200)];
          random.nextBytes(bytes);
          check(Protocol.ASAP, bytes);
          check(Protocol.ENRP, bytes);
          if (bytes.length >= 8) {
            bytes[0] = (byte) random.nextInt(16);
            bytes[2] = 0;
            bytes[3] = (byte) bytes.length;
            bytes[4] = 0;
            bytes[5] = (byte) random.nextInt(17);
            check(Protocol.ASAP, bytes);
            check(Protocol.ENRP, bytes);
          }
        });
  }

  private static void mangle(Protocol protocol, byte[] bytes) {
    for (int length = 0; length < bytes.length; length++) {
      check(protocol, Arrays.copyOf(bytes, length));
    }
    flipEveryBit(protocol, bytes);
  }

  private static void flipEveryBit(Protocol protocol, byte[] bytes) {
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      check(protocol, flipped);
    }
  }

  private static Decoded<?> decode(Protocol protocol, byte[] bytes) {
    return switch (protocol) {
      case ASAP -> new AsapCodec(WireForm.STANDARD).decode(bytes, 0, bytes.length);
      case ENRP -> new EnrpCodec(WireForm.STANDARD).decode(bytes, 0, bytes.length);
    };
  }

  private static void check(Protocol protocol, byte[] bytes) {
    assertThatCode(
            () -> {
              switch (protocol) {
                case ASAP -> AsapDecoderFuzz.fuzzerTestOneInput(bytes);
                case ENRP -> EnrpDecoderFuzz.fuzzerTestOneInput(bytes);
              }
            })
        .as(() -> protocol + " " + HexFormat.of().formatHex(bytes))
        .doesNotThrowAnyException();
  }
}
