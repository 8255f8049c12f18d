package io.rserpool.engine.session.cookie;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// The keys that the servers of a pool share: the newest whose time has come seals, all of them open.
/// A value.
///
/// Rotation has two steps: a new key is added whose time is yet to come, and all servers get it; later
/// the oldest is taken away, when no cookie that it sealed is young enough to be taken any more.
public final class CookieKeys {

  /// More keys than anybody can need.
  public static final int KEYS_MAX = 100;

  private final TreeMap<Long, CookieKey> keys = new TreeMap<>();

  private CookieKeys(List<CookieKey> all) {
    for (CookieKey key : all) {
      if (keys.put(key.version(), key) != null) {
        throw new IllegalArgumentException(
            "keys have different versions, but two have " + key.version());
      }
    }
    if (keys.isEmpty() || keys.size() > KEYS_MAX) {
      throw new IllegalArgumentException(
          "expected 1 to %d keys, but there are %d".formatted(KEYS_MAX, keys.size()));
    }
  }

  /// These keys.
  ///
  /// @throws IllegalArgumentException if there is none, or two have the same version
  public static CookieKeys of(List<CookieKey> keys) {
    return new CookieKeys(keys);
  }

  /// One new key, version 1, that seals from now on.
  ///
  /// @param random one that nobody can guess: a [java.security.SecureRandom]
  public static CookieKeys create(RandomGenerator random, long nowMs) {
    return new CookieKeys(List.of(key(1, random, nowMs)));
  }

  private static CookieKey key(long version, RandomGenerator random, long sealsFromMs) {
    byte[] secret = new byte[CookieKey.SIZE];
    random.nextBytes(secret);
    return new CookieKey(version, secret, sealsFromMs);
  }

  /// The same with one key more, which is the newest.
  ///
  /// @param random as in [#create]
  /// @param sealsFromMs from when on it seals: late enough for every server to have it by then
  /// @param kept how many keys there are to be at most, the new one included; the oldest go
  /// @throws IllegalArgumentException if fewer than 2 are to be kept, or the versions are used up
  public CookieKeys rotated(RandomGenerator random, long sealsFromMs, int kept) {
    if (kept < 2 || kept > KEYS_MAX) {
      throw new IllegalArgumentException(
          "2 to %d keys are kept, since old cookies are still under way, not %d"
              .formatted(KEYS_MAX, kept));
    }
    List<CookieKey> all = new ArrayList<>(keys.values());
    all.add(key(keys.lastKey() + 1, random, sealsFromMs));
    return new CookieKeys(all.subList(Math.max(0, all.size() - kept), all.size()));
  }

  /// The same without one key: cookies that it sealed are refused.
  ///
  /// @throws IllegalArgumentException if none would be left
  public CookieKeys without(long version) {
    return new CookieKeys(keys.values().stream().filter(key -> key.version() != version).toList());
  }

  /// The key that seals: the newest whose time has come, or the oldest if there is none.
  public CookieKey sealing(long nowMs) {
    for (CookieKey key : keys.descendingMap().values()) {
      if (key.sealsFromMs() <= nowMs) {
        return key;
      }
    }
    return keys.firstEntry().getValue();
  }

  /// The key with a version.
  public Optional<CookieKey> find(long version) {
    return Optional.ofNullable(keys.get(version));
  }

  /// All of them, the oldest first.
  public List<CookieKey> all() {
    return List.copyOf(keys.values());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CookieKeys that && keys.equals(that.keys);
  }

  @Override
  public int hashCode() {
    return keys.lastKey().hashCode();
  }

  @Override
  public String toString() {
    return "cookie keys " + keys.sequencedKeySet();
  }
}
