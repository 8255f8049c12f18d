package io.rserpool.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Octets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Patterns of bytes with stars.
class WildcardTest {

  private static final int ROUNDS = 20_000;

  @ParameterizedTest
  @CsvSource({
    "echo, echo, true",
    "echo, echo2, false",
    "echo, ech, false",
    "echo*, echo, true",
    "echo*, echo2, true",
    "echo*, ech, false",
    "*echo, myecho, true",
    "*echo, echo2, false",
    "e*o, eo, true",
    "e*o, e, false",
    "aa*aa, aaa, false",
    "aa*aa, aaaa, true",
    "a*b*c, axxbyyc, true",
    "a*b*c, axxcyyb, false",
    "*ab*ab*, abab, true",
    "*ab*ab*, aba, false",
    "*aab*, aaab, true",
    "**, anything, true",
    "a**b, ab, true",
    "*, '', true",
    "'', '', true",
    "'', a, false"
  })
  void starStandsForAnyRun(String pattern, String text, boolean matches) {
    assertThat(matches(pattern, text)).isEqualTo(matches);
  }

  @Test
  void agreesWithTheObviousWay() {
    long seed = 0x5eed;
    SplittableRandom random = new SplittableRandom(seed);
    int matching = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String pattern = text(random, "ab*", 8);
      String text = text(random, "ab", 12);
      boolean expected = obviously(pattern, 0, text, 0);
      matching += expected ? 1 : 0;
      assertThat(matches(pattern, text))
          .as("round %d of seed %d: '%s' and '%s'", i, seed, pattern, text)
          .isEqualTo(expected);
    }
    assertThat(matching).isBetween(ROUNDS / 20, ROUNDS);
  }

  /// A matcher that tries everything again after each star would need more steps than there is time.
  @Test
  void hostilePatternsAndTextsCostNoMoreThanTheirLength() {
    String text = "a".repeat(60_000);
    assertThat(matches("*" + "a".repeat(30_000) + "b*", text)).isFalse();
    assertThat(matches("*a".repeat(20_000) + "*b", text)).isFalse();
    assertThat(matches("*a".repeat(20_000) + "*", text)).isTrue();
    assertThat(matches("*" + "ab".repeat(15_000) + "*", "ab".repeat(14_999) + "aab")).isFalse();
  }

  private static boolean matches(String pattern, String text) {
    return Wildcard.of(Octets.ofUtf8(pattern)).matches(Octets.ofUtf8(text));
  }

  private static boolean obviously(String pattern, int p, String text, int t) {
    if (p == pattern.length()) {
      return t == text.length();
    }
    if (pattern.charAt(p) != '*') {
      return t < text.length()
          && pattern.charAt(p) == text.charAt(t)
          && obviously(pattern, p + 1, text, t + 1);
    }
    for (int next = t; next <= text.length(); next++) {
      if (obviously(pattern, p + 1, text, next)) {
        return true;
      }
    }
    return false;
  }

  private static String text(SplittableRandom random, String letters, int sizeMax) {
    StringBuilder text = new StringBuilder();
    int size = random.nextInt(sizeMax + 1);
    while (text.length() < size) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
