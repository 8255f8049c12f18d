package io.rserpool.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolNamesTest {
  private final PoolNames names = PoolNames.defaults();

  @ParameterizedTest
  @CsvSource({
    "PG.pool.rserpool, PG",
    "pg.Pool.RSerPool, pg",
    "PG.pool.rserpool., PG",
    "a.b.pool.rserpool, a.b",
    "Echo%20Pool.pool.rserpool, Echo Pool",
    "0x5047.pool.rserpool, PG",
    "0xPG.pool.rserpool, 0xPG",
    "b%c3%Bccher.pool.rserpool, bücher",
    "bücher.pool.rserpool, bücher"
  })
  void aHandleStandsBeforeTheSuffix(String host, String handle) {
    assertThat(names.handles(host)).containsExactly(PoolHandle.of(handle));
  }

  @Test
  void anyByteCanBeWritten() {
    assertThat(names.handles("%00%fF.pool.rserpool"))
        .containsExactly(new PoolHandle(Octets.of(new byte[] {0, -1})));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "pool.rserpool", "xpool.rserpool", "rserpool", "", "::1", "."})
  void otherHostsAreNoPools(String host) {
    assertThat(names.isPool(host)).isFalse();
    assertThat(names.handles(host)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%.pool.rserpool", "a%4.pool.rserpool", "%xy.pool.rserpool", ".pool.rserpool"})
  void aMistakeInAHandleSaysHowItIsWritten(String host) {
    assertThat(names.isPool(host)).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> names.handles(host))
        .withMessageContaining("HANDLE.pool.rserpool")
        .withMessageContaining("'" + host + "'");
  }

  @Test
  void aKnownHandleIsMeantInAnyCaseButAfterTheTextAsItIsWritten() {
    PoolNames knowing = new PoolNames("pool.rserpool", List.of("EchoPool"));
    assertThat(knowing.handles("echopool.pool.rserpool"))
        .containsExactly(PoolHandle.of("echopool"), PoolHandle.of("EchoPool"));
    assertThat(knowing.handles("EchoPool.pool.rserpool"))
        .containsExactly(PoolHandle.of("EchoPool"));
  }

  @Test
  void theSuffixCanBeAnother() {
    PoolNames own = new PoolNames("Pools.Example.org", List.of());
    assertThat(own.handles("db.pools.example.org")).containsExactly(PoolHandle.of("db"));
    assertThat(own.isPool("db.pool.rserpool")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".x", "x."})
  void aSuffixIsWrittenWithoutDotsAround(String suffix) {
    assertThatIllegalArgumentException().isThrownBy(() -> new PoolNames(suffix, List.of()));
  }
}
