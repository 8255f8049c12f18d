package io.rserpool.net.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.net.sctp.SctpOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocketSettingsTest {

  private static final SctpOptions OPTIONS =
      new SctpOptions(
          List.of(),
          3863,
          true,
          7,
          Duration.ofMillis(2_345),
          Duration.ofMillis(600),
          Duration.ofMillis(120),
          Duration.ofMillis(1_700),
          3,
          9,
          5,
          1 << 20,
          0);

  @Test
  void timeOutsAreInitialGreatestAndLeast() {
    ByteBuffer value = value(OPTIONS, 0, 16);

    assertThat(value.getInt(4)).isEqualTo(600);
    assertThat(value.getInt(8)).isEqualTo(1_700);
    assertThat(value.getInt(12)).isEqualTo(120);
  }

  @Test
  void retransmissionsOfTheAssociationAndAttemptsOfACallAreSet() {
    assertThat(value(OPTIONS, 1, 20).getShort(4)).isEqualTo((short) 9);
    ByteBuffer call = value(OPTIONS, 2, 8);
    assertThat(new short[] {call.getShort(0), call.getShort(2), call.getShort(4), call.getShort(6)})
        .containsExactly(7, 7, 5, 1_700);
  }

  @Test
  void pathsHaveHeartbeatsAndAnswerBeforeTheLeastTimeOut() {
    ByteBuffer value = value(OPTIONS, 9, 156);

    assertThat(value.getInt(132)).isEqualTo(2_345);
    assertThat(value.getShort(136)).isEqualTo((short) 3);
    assertThat(value.getInt(138)).describedAs("MTU is left alone").isZero();
    assertThat(value.getInt(142)).isEqualTo(60);
    assertThat(value.getInt(146)).isEqualTo(1 | 32);
  }

  @Test
  void thePortWithinUdpIsInNetworkOrder() {
    ByteBuffer value = value(OPTIONS.withEncapsulationPort(SctpOptions.UDP_PORT), 36, 144);

    assertThat(value.get(136)).isEqualTo((byte) (9_899 >> 8));
    assertThat(value.get(137)).isEqualTo((byte) 9_899);
    assertThat(SocketSettings.of(OPTIONS)).noneMatch(setting -> setting.code() == 36);
  }

  private static ByteBuffer value(SctpOptions options, int code, int bytes) {
    byte[] value =
        SocketSettings.of(options).stream()
            .filter(setting -> setting.code() == code)
            .findFirst()
            .orElseThrow()
            .value();
    assertThat(value).hasSize(bytes);
    return ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
  }
}
