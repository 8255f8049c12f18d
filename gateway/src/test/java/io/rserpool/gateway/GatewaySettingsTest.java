package io.rserpool.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rserpool.protocol.Profile;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {
  private static final SettingTexts NOTHING = new SettingTexts(_ -> "");

  @Test
  void withoutAnySettingARegistrarOfThisMachineIsAsked() {
    GatewaySettings settings = GatewaySettings.of(NOTHING);
    assertThat(settings.scope().registrars()).hasToString("[tcp://localhost:3863]");
    assertThat(settings.names()).isEqualTo(PoolNames.defaults());
    assertThat(settings.scope().callTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void anArgumentHasSettingsOrOnlyRegistrars() {
    GatewaySettings some =
        GatewaySettings.of(
            NOTHING.withArgument(
                "registrars=tcp://a,tcp://b:17; profile=rsplib;suffix=x.org;pools=A,B;"
                    + "connect-timeout=200ms;lookup-timeout=2s;quiet-time=1s"));
    assertThat(some.scope().registrars()).hasToString("[tcp://a:3863, tcp://b:17]");
    assertThat(some.scope().profile()).isEqualTo(Profile.RSPLIB);
    assertThat(some.scope().callTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(some.names().suffix()).isEqualTo("x.org");
    assertThat(some.names().known()).containsExactly("A", "B");
    assertThat(some.connectTimeout()).isEqualTo(Duration.ofMillis(200));
    assertThat(some.quietTime()).isEqualTo(Duration.ofSeconds(1));
    assertThat(GatewaySettings.of(NOTHING.withArgument("tcp://a,tcp://b")).scope().registrars())
        .hasToString("[tcp://a:3863, tcp://b:3863]");
  }

  @Test
  void whoeverHasTheSameSettingsIsServedByTheSamePoolUser() {
    assertThat(GatewaySettings.of(NOTHING.withArgument("tcp://a")))
        .isEqualTo(GatewaySettings.of(NOTHING.withArgument("registrars=tcp://a")))
        .isNotEqualTo(GatewaySettings.of(NOTHING.withArgument("tcp://b")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nonsense                        | name=value;name=value
          registrars=nonsense             | tcp://host:port
          registrars=tcp://x.pool.rserpool | without pools
          profile=fast                    | standard, rfc or rsplib
          connect-timeout=5               | 500ms or 5s
          connect-timeout=0ms             | positive
          suffix=.x                       | a suffix of pool names
          """)
  void aMistakeSaysWhatWasExpected(String argument, String expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GatewaySettings.of(NOTHING.withArgument(argument)))
        .withMessageContaining(expected);
  }

  @Test
  void aSystemPropertyIsASetting() {
    System.setProperty("rserpool.gateway-settings-test", "true");
    SettingTexts texts = SettingTexts.ofProcess();
    assertThat(texts.flag("gateway-settings-test", false)).isTrue();
    assertThat(texts.flag("gateway-settings-test-other", false)).isFalse();
    assertThat(
            texts.withArgument("gateway-settings-test=false").flag("gateway-settings-test", true))
        .isFalse();
  }
}
