package io.rserpool.engine.session.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CookieKeysTest {

  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  private final SplittableRandom random = new SplittableRandom(1);

  private static List<Long> versions(CookieKeys keys) {
    return keys.all().stream().map(CookieKey::version).toList();
  }

  @Test
  void rotationKeepsTheNewestKeys() {
    CookieKeys keys = CookieKeys.create(random, 0);
    for (long time : LongStream.rangeClosed(1, 4).toArray()) {
      keys = keys.rotated(random, time, 3);
    }
    assertThat(versions(keys)).containsExactly(3L, 4L, 5L);
    assertThat(keys.find(2)).isEmpty();
    assertThat(keys.all().stream().map(CookieKey::base64).distinct()).hasSize(3);
  }

  @Test
  void newestKeyWhoseTimeHasComeSealsOrTheOldestIfNonesHas() {
    CookieKeys keys = CookieKeys.create(random, 10).rotated(random, 20, 3);
    assertThat(keys.sealing(9).version()).isEqualTo(1);
    assertThat(keys.sealing(19).version()).isEqualTo(1);
    assertThat(keys.sealing(20).version()).isEqualTo(2);
    assertThat(keys.sealing(21).version()).isEqualTo(2);
  }

  @Test
  void impossibleKeysAreRefused() {
    CookieKeys keys = CookieKeys.create(random, 0);
    assertThatThrownBy(() -> keys.rotated(random, 0, 1))
        .hasMessageContaining("2 to 100 keys are kept");
    assertThatThrownBy(() -> keys.without(1)).hasMessageContaining("there are 0");
    assertThatThrownBy(() -> new CookieKey(0, new byte[32], 0)).hasMessageContaining("this is 0");
    assertThatThrownBy(() -> new CookieKey(1, new byte[31], 0)).hasMessageContaining("has 31");
    CookieKey last = new CookieKey(0xffff_ffffL, new byte[32], 0);
    assertThatThrownBy(() -> CookieKeys.of(List.of(last)).rotated(random, 0, 2))
        .hasMessageContaining("this is 4294967296");
    assertThatThrownBy(() -> CookieKeys.of(List.of(last, last)))
        .hasMessageContaining("two have 4294967295");
  }

  @Test
  void keysAreWrittenAndReadBack() {
    CookieKeys keys =
        CookieKeys.create(random, 0).rotated(random, 1_700_000_000_123L, 3).rotated(random, 5, 3);
    assertThat(CookieKeyText.parse(CookieKeyText.format(keys))).isEqualTo(keys);
  }

  @Test
  void commentsEmptyLinesAndMissingTimesAreFine() {
    CookieKeys keys =
        CookieKeyText.parse(
            List.of("# keys", "", "  2   " + KEY + "\t2026-11-23T12:00:00Z ", "1 " + KEY));
    assertThat(versions(keys)).containsExactly(1L, 2L);
    assertThat(keys.find(1).orElseThrow().sealsFromMs()).isZero();
    assertThat(CookieKeyText.format(keys))
        .containsExactly(
            "1 " + KEY + " 1970-01-01T00:00:00Z", "2 " + KEY + " 2026-11-23T12:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1                                                               | a version, a key in Base64 and perhaps a time
          1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= a b              | a version, a key in Base64 and perhaps a time
          AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= 1                  | a version from 1 to 4294967295 first
          0 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=                  | a version from 1 to 4294967295 first
          4294967296 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=         | a version from 1 to 4294967295 first
          2 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==                  | a key of 32 bytes in Base64, which are 44 characters, second
          2 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd!!8=                  | a key of 32 bytes in Base64, which are 44 characters, second
          2 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= yesterday        | a time such as 2026-11-23T12:00:00Z third
          9 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=                  | a version that no line before has, but it is 9
          """)
  void mistakesNameTheirLineAndNeverWhatItSays(String line, String expected) {
    assertThatThrownBy(() -> CookieKeyText.parse(List.of("#", "9 " + KEY, line)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 3: expected " + expected)
        .hasNoCause();
  }

  @Test
  void fileWithoutKeysIsAMistake() {
    assertThatThrownBy(() -> CookieKeyText.parse(List.of("# nothing")))
        .hasMessage("expected one key or more, but there is none");
  }
}
