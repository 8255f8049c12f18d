package io.rserpool.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolTargetTest {

  private static PoolTarget parse(String text) {
    return PoolTarget.parse(URI.create(text));
  }

  @Test
  void aTargetWithoutAuthorityNamesNoRegistrars() {
    PoolTarget target = parse("rserpool:///EchoPool");
    assertThat(target.registrars()).isEmpty();
    assertThat(target.handle()).isEqualTo(PoolHandle.of("EchoPool"));
    assertThat(target.retried()).isEmpty();
  }

  @Test
  void severalRegistrarsStandWithCommasBetween() {
    assertThat(parse("rserpool://one,two/EchoPool").registrars())
        .extracting(Object::toString)
        .containsExactly("tcp://one:3863", "tcp://two:3863");
    assertThat(parse("rserpool://one,two:4000/EchoPool").registrars())
        .extracting(Object::toString)
        .containsExactly("tcp://one:4000", "tcp://two:4000");
    assertThat(parse("rserpool:///EchoPool?registrar=one:4000,two:5000&retry=a.B").registrars())
        .extracting(Object::toString)
        .containsExactly("tcp://one:4000", "tcp://two:5000");
    assertThat(parse("rserpool://[::1]:4000/EchoPool").registrars())
        .extracting(Object::toString)
        .containsExactly("tcp://[::1]:4000");
  }

  @Test
  void servicesToBeRetriedStandBehindAQuestionMark() {
    assertThat(parse("rserpool:///P?retry=a.B,c.D/Get").retried())
        .containsExactly("a.B", "c.D/Get");
  }

  @Test
  void aHandleIsAnyBytesAndSurvivesTheWayThroughATarget() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    PoolHandle handle = new PoolHandle(Octets.of(all));
    assertThat(parse(PoolTarget.textOf(handle)).handle()).isEqualTo(handle);
    assertThat(parse("rserpool:///a/b%20c").handle()).isEqualTo(PoolHandle.of("a/b c"));
    assertThat(parse("rserpool:///a/b%20c").authority()).isEqualTo("a%2Fb%20c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rserpool:EchoPool",
        "rserpool:///",
        "rserpool://registrar",
        "rserpool:///P?again=a.B",
        "rserpool://one:70000/P"
      })
  void whatIsNoTargetIsToldWithWhatWasExpected(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is written");
  }
}
