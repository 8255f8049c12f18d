package io.rserpool.engine.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.protocol.Profile;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RegistrarSettingsTest {

  private static RegistrarSettings.Builder standard() {
    return RegistrarSettings.forProfile(Profile.STANDARD).toBuilder();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void everyProfileIsConsistentAndHasNoOverrides(Profile profile) {
    RegistrarSettings settings = RegistrarSettings.forProfile(profile);
    assertThat(settings.describeOverrides()).isEmpty();
    assertThat(settings.describe()).hasSize(RegistrarSetting.values().length);
  }

  @Test
  void overrideIsToldWithTheValueOfTheProfile() {
    RegistrarSettings settings =
        standard().set(RegistrarSetting.KEEP_ALIVE_INTERVAL, Duration.ofMillis(2_500)).build();
    assertThat(settings.describeOverrides())
        .containsExactly("keep-alive-interval=2500ms (standard: 1s)");
  }

  @Test
  void valueOfTheProfileIsNoOverride() {
    assertThat(standard().set(RegistrarSetting.KEEP_ALIVE_INTERVAL, "1s").build())
        .isEqualTo(RegistrarSettings.forProfile(Profile.STANDARD));
  }

  @ParameterizedTest
  @EnumSource(RegistrarSetting.class)
  void writtenValuesAndNamesReadBack(RegistrarSetting setting) {
    assertThat(RegistrarSetting.parse(setting.toString())).isEqualTo(setting);
    for (Profile profile : Profile.values()) {
      long value = setting.defaultFor(profile);
      assertThat(SettingText.read(setting, SettingText.write(setting.unit(), value)))
          .isEqualTo(value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "KEEP_ALIVE_INTERVAL,soon,a time such as 250ms or 1.5s",
    "KEEP_ALIVE_PROBES,1.5,a whole number",
    "KEEP_ALIVE_JITTER,5,a percentage such as 5%",
    "VERIFY_LOSS,maybe,on or off"
  })
  void unreadableValueNamesTheSettingTheExpectedAndTheGiven(
      RegistrarSetting setting, String text, String expected) {
    assertThatThrownBy(() -> standard().set(setting, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(setting.toString())
        .hasMessageContaining(expected)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void verdictMustFitIntoTheInterval() {
    assertThatThrownBy(() -> standard().set(RegistrarSetting.KEEP_ALIVE_INTERVAL, "200ms").build())
        .hasMessageContaining("keep-alive-interval=200ms")
        .hasMessageContaining("keep-alive-gap-min=25ms");
  }

  @Test
  void limitsThatContradictEachOtherAreRejected() {
    assertThatThrownBy(() -> standard().set(RegistrarSetting.KEEP_ALIVE_GAP_MAX, "10ms").build())
        .hasMessageContaining("keep-alive-gap-min=25ms must not be more than");
    assertThatThrownBy(() -> standard().set(RegistrarSetting.SUBSCRIPTIONS_MAX, 1).build())
        .hasMessageContaining("subscriptions-per-association=1000");
    assertThatThrownBy(() -> standard().set(RegistrarSetting.POOL_HANDLE_SIZE_MAX, 65_532).build())
        .hasMessageContaining("65531");
    assertThatThrownBy(() -> standard().set(RegistrarSetting.RESOLUTION_ITEMS, 0).build())
        .hasMessageContaining("must be more than 0");
  }

  @Test
  void settingOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> standard().set(RegistrarSetting.VERIFY_LOSS, 1))
        .hasMessageContaining("FLAG");
    assertThatThrownBy(() -> RegistrarSetting.parse("no-such-thing"))
        .hasMessageContaining("no-such-thing");
  }
}
