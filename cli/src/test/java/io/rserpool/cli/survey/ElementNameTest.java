package io.rserpool.cli.survey;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElementNameTest {
  private static final ElementName ECHO = name("EchoPool", 0x12345678);
  private static final ElementName PING = name("PingPongPool", 0x0a0b0c0d);
  private static final ElementName DAYTIME = name("DaytimePool", 0x00c0ffee);

  private static ElementName name(String pool, int id) {
    return new ElementName(PoolHandle.of(pool), ElementId.of(id));
  }

  @Test
  void theChecksumIsThatOfRfc1071OverPaddedHandlesAndIdentifiers() {
    assertThat(ElementName.checksum(List.of())).isEqualTo(0xffff);
    assertThat(ElementName.checksum(List.of(ECHO))).isEqualTo(0x29a5);
    assertThat(ElementName.checksum(List.of(ECHO, PING))).isEqualTo(0xd609);
    assertThat(ElementName.checksum(List.of(ECHO, PING, DAYTIME))).isEqualTo(0x6d57);
  }

  @Test
  void theOrderDoesNotMatter() {
    assertThat(ElementName.checksum(List.of(DAYTIME, ECHO, PING))).isEqualTo(0x6d57);
  }

  @Test
  void identifiersWithTheHighestBitCountAsUnsigned() {
    // 0x4040 + 0xffff + 0xffff = 0x2403e, folded 0x4040.
    assertThat(ElementName.checksum(List.of(name("@@", 0xffffffff)))).isEqualTo(0xbfbf);
  }

  @Test
  void bothZerosOfOnesComplementMeanNoElement() {
    assertThat(ElementName.isSame(0, 0xffff)).isTrue();
    assertThat(ElementName.isSame(0xffff, 0)).isTrue();
    assertThat(ElementName.isSame(7, 7)).isTrue();
    assertThat(ElementName.isSame(7, 0)).isFalse();
    assertThat(ElementName.isSame(7, 0xffff)).isFalse();
  }
}
