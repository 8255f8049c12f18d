package io.rserpool.engine.session.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class CookieSealTest {

  private static final long SEED = Long.getLong("rserpool.seed", 5);
  private static final long NOW_MS = 1_700_000_000_000L;
  private static final PoolHandle POOL = PoolHandle.of("EchoPool");
  private static final Octets STATE = Octets.ofUtf8("state");
  private static final CookieSettings SETTINGS = CookieSettings.defaults();

  private final RandomGenerator random = new SplittableRandom(SEED);
  private final CookieKeys keys = CookieKeys.create(random, 0);
  private final CookieSeal seal = new CookieSeal(keys, SETTINGS, POOL, Octets.EMPTY);
  private final SessionId session = SessionId.create(random);
  private final Octets sealed = seal.seal(session, 3, STATE, NOW_MS, random);

  private static Refusal reason(Opening opening) {
    return ((Opening.Refused) opening).reason();
  }

  private CookieSeal sealWith(CookieKeys others) {
    return new CookieSeal(others, SETTINGS, POOL, Octets.EMPTY);
  }

  /// Made with another implementation of HKDF and AES-GCM.
  @Test
  void sealedCookiesAreThoseOfTheDocumentedFormat() {
    byte[] secret = new byte[32];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) i;
    }
    CookieSeal plainKey = sealWith(CookieKeys.of(List.of(new CookieKey(7, secret, 0))));
    SessionId numbered = new SessionId(Octets.ofHex("101112131415161718191a1b1c1d1e1f"));
    RandomGenerator counting = () -> 0x0807060504030201L;
    Octets known =
        Octets.ofHex(
            "52534301000000070000018bcfe56800101112131415161718191a1b1c1d1e1f"
                + "000000000000000501020304050607080102030426cfafc58916ff165dd3ddb9"
                + "b202532bf42713ebdc0f23b9fcf234ed9d7e334f69");
    assertThat(plainKey.seal(numbered, 5, STATE, NOW_MS, counting)).isEqualTo(known);
    assertThat(plainKey.open(known, NOW_MS + 1))
        .isEqualTo(new Opening.Opened(STATE, numbered, 5, Duration.ofMillis(1)));

    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xff);
    CookieSeal largest =
        new CookieSeal(
            CookieKeys.of(List.of(new CookieKey(0xffff_ffffL, ones, 0))),
            SETTINGS,
            new PoolHandle(Octets.of((byte) 0)),
            Octets.ofUtf8("user"));
    SessionId zero = new SessionId(Octets.of(new byte[16]));
    assertThat(largest.seal(zero, 1, Octets.EMPTY, 1, counting).toHex())
        .isEqualTo(
            "52534301ffffffff000000000000000100000000000000000000000000000000"
                + "00000000000000010102030405060708"
                + "01020304e8119f745cde536f5b1d9302c8b200213fd47ce9d9e6210252");
  }

  @Test
  void whatWasSealedIsOpenedAndLongerByWhatWasSaid() {
    for (int size : List.of(0, 1, 15, 16, 1_000, 60_000)) {
      byte[] plain = new byte[size];
      random.nextBytes(plain);
      Octets cookie = seal.seal(session, 1, Octets.of(plain), NOW_MS, random);
      assertThat(cookie.size()).isEqualTo(size + seal.overhead());
      assertThat(seal.open(cookie, NOW_MS))
          .isEqualTo(new Opening.Opened(Octets.of(plain), session, 1, Duration.ZERO));
    }
  }

  @Test
  void theSameStateIsSealedDifferentlyEachTimeAndNowhereReadable() {
    Octets again = seal.seal(session, 3, STATE, NOW_MS, random);
    assertThat(again).isNotEqualTo(sealed);
    assertThat(sealed.toHex()).doesNotContain(STATE.toHex()).doesNotContain(POOL.octets().toHex());
  }

  @Test
  void everyFlippedBitIsNoticed() {
    byte[] bytes = sealed.toBytes();
    for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      Refusal expected =
          bit < 4 * Byte.SIZE
              ? Refusal.MALFORMED
              : bit < 8 * Byte.SIZE ? Refusal.UNKNOWN_KEY : Refusal.FORGED;
      assertThat(reason(seal.open(Octets.of(changed), NOW_MS)))
          .as("bit %d", bit)
          .isEqualTo(expected);
    }
  }

  @Test
  void cookiesOfAnyOtherLengthAndAnyOtherBytesAreRefused() {
    byte[] bytes = sealed.toBytes();
    for (int length = 0; length < bytes.length; length++) {
      assertThat(seal.open(Octets.copyOf(bytes, 0, length), NOW_MS))
          .as("%d bytes", length)
          .isInstanceOf(Opening.Refused.class);
    }
    assertThat(reason(seal.open(Octets.of(Arrays.copyOf(bytes, bytes.length + 1)), NOW_MS)))
        .isEqualTo(Refusal.FORGED);
    for (long run = 0; run < 1_000; run++) {
      SplittableRandom other = new SplittableRandom(SEED + run);
      byte[] garbage = new byte[other.nextInt(200)];
      other.nextBytes(garbage);
      if (other.nextBoolean() && garbage.length >= 52) {
        System.arraycopy(bytes, 0, garbage, 0, 52);
      }
      assertThat(seal.open(Octets.of(garbage), NOW_MS))
          .as("-Drserpool.seed=%d", SEED + run)
          .isInstanceOf(Opening.Refused.class);
    }
  }

  @Test
  void anotherPoolAndAnotherUserAreNamed() {
    CookieSeal otherPool = new CookieSeal(keys, SETTINGS, PoolHandle.of("OtherPool"), Octets.EMPTY);
    assertThat(otherPool.open(sealed, NOW_MS))
        .isEqualTo(
            new Opening.Refused(
                Refusal.FOREIGN_POOL, "it is for pool=EchoPool, but this is pool=OtherPool"));
    CookieSeal named = new CookieSeal(keys, SETTINGS, POOL, Octets.ofUtf8("anna"));
    assertThat(named.open(sealed, NOW_MS))
        .isEqualTo(
            new Opening.Refused(Refusal.FOREIGN_IDENTITY, "it is for '', but this is 'anna'"));
    assertThat(reason(seal.open(named.seal(session, 1, STATE, NOW_MS, random), NOW_MS)))
        .isEqualTo(Refusal.FOREIGN_IDENTITY);
  }

  @Test
  void newKeySealsFromItsTimeOnAndOldOnesStillOpen() {
    CookieKeys both = keys.rotated(random, NOW_MS, 3);
    CookieSeal rotated = sealWith(both);
    assertThat(rotated.open(sealed, NOW_MS)).isInstanceOf(Opening.Opened.class);
    Octets before = rotated.seal(session, 4, STATE, NOW_MS - 1, random);
    assertThat(seal.open(before, NOW_MS)).isInstanceOf(Opening.Opened.class);
    Octets after = rotated.seal(session, 4, STATE, NOW_MS, random);
    assertThat(rotated.open(after, NOW_MS)).isInstanceOf(Opening.Opened.class);
    assertThat(seal.open(after, NOW_MS))
        .isEqualTo(
            new Opening.Refused(
                Refusal.UNKNOWN_KEY,
                "it is sealed with key 2, but here are only cookie keys [1]: all servers of"
                    + " pool=EchoPool need the same keys"));
  }

  @Test
  void removedKeyOpensNothingAndAnotherKeyOfTheSameVersionNeither() {
    CookieKeys both = keys.rotated(random, NOW_MS, 3);
    assertThat(reason(sealWith(both.without(1)).open(sealed, NOW_MS)))
        .isEqualTo(Refusal.UNKNOWN_KEY);
    CookieKeys others = CookieKeys.create(random, 0);
    assertThat(reason(sealWith(others).open(sealed, NOW_MS))).isEqualTo(Refusal.FORGED);
  }

  @Test
  void cookieIsTakenUpToItsAgeLimitAndNotAMillisecondLonger() {
    long limitMs = SETTINGS.ageLimit().toMillis();
    for (long age : new long[] {limitMs - 1, limitMs}) {
      assertThat(seal.open(sealed, NOW_MS + age))
          .isEqualTo(new Opening.Opened(STATE, session, 3, Duration.ofMillis(age)));
    }
    assertThat(seal.open(sealed, NOW_MS + limitMs + 1))
        .isEqualTo(
            new Opening.Refused(
                Refusal.STALE,
                "it was sealed 3600001 ms ago, but only those of the last 3600000 ms are taken"));
  }

  @Test
  void clockAheadIsToleratedUpToTheSkewAndTheAgeIsNeverNegative() {
    long skewMs = SETTINGS.clockSkew().toMillis();
    for (long ahead : new long[] {skewMs - 1, skewMs}) {
      assertThat(seal.open(sealed, NOW_MS - ahead))
          .isEqualTo(new Opening.Opened(STATE, session, 3, Duration.ZERO));
    }
    assertThat(reason(seal.open(sealed, NOW_MS - skewMs - 1))).isEqualTo(Refusal.FROM_THE_FUTURE);
  }

  @Test
  void noTextOfARefusalOrAValueContainsAKey() {
    CookieKeys both = keys.rotated(random, NOW_MS, 3);
    StringBuilder texts = new StringBuilder().append(both).append(both.all()).append(seal);
    texts.append(seal.open(sealWith(both.without(1)).seal(session, 1, STATE, NOW_MS, random), 0));
    texts.append(seal.open(sealed, 0)).append(seal.open(STATE, 0));
    for (CookieKey key : both.all()) {
      assertThat(texts)
          .doesNotContain(key.base64())
          .doesNotContain(Octets.of(key.secret()).toHex())
          .doesNotContain(Arrays.toString(key.secret()));
    }
  }
}
