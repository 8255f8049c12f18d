package io.rserpool.services.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

final class StreamServiceTest {

  @Test
  void daytimeLineIsThatOfRsplib() {
    LocalDateTime time = LocalDateTime.of(2026, 1, 5, 12, 34, 56, 123_456_789);
    assertThat(new String(StreamService.line(() -> time), StandardCharsets.US_ASCII))
        .isEqualTo("Monday, 05-January-2026 12:34:56.123456\n");
  }

  @Test
  void characterBlockRunsThroughItsValuesOverAndOver() {
    byte[] block = StreamService.block();
    assertThat(block).hasSize(1_024);
    assertThat(block[0]).isEqualTo((byte) 30);
    assertThat(block[97]).isEqualTo((byte) 127);
    assertThat(block[98]).isEqualTo((byte) 30);
  }
}
