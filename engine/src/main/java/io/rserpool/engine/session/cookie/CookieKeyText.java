package io.rserpool.engine.session.cookie;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Keys as the lines of a file: `version key time`, the key in Base64 and the time from which it seals
/// as `2026-11-23T12:00:00Z`; without a time it seals at once. Empty lines and those that begin with
/// `#` say nothing.
public final class CookieKeyText {

  private CookieKeyText() {}

  /// Reads them.
  ///
  /// @throws IllegalArgumentException that names the line and what was expected there, never what
  ///     it says: that may be a key
  public static CookieKeys parse(List<String> lines) {
    List<CookieKey> keys = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        keys.add(key(line.split("\\s+"), i + 1, keys));
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("expected one key or more, but there is none");
    }
    return CookieKeys.of(keys);
  }

  private static CookieKey key(String[] words, int line, List<CookieKey> before) {
    if (words.length < 2 || words.length > 3) {
      throw mistake(line, "a version, a key in Base64 and perhaps a time");
    }
    long version = version(words[0], line);
    if (before.stream().anyMatch(key -> key.version() == version)) {
      throw mistake(line, "a version that no line before has, but it is " + version);
    }
    long sealsFromMs = words.length == 3 ? time(words[2], line) : 0;
    return new CookieKey(version, secret(words[1], line), sealsFromMs);
  }

  private static long version(String word, int line) {
    try {
      long version = Long.parseLong(word);
      if (version >= 1 && version <= CookieKey.VERSION_MAX) {
        return version;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw mistake(line, "a version from 1 to 4294967295 first");
  }

  private static byte[] secret(String word, int line) {
    byte[] secret = new byte[0];
    try {
      secret = Base64.getDecoder().decode(word);
    } catch (IllegalArgumentException _) {
      // Said below; the message of the exception may contain parts of the key.
    }
    if (secret.length != CookieKey.SIZE) {
      throw mistake(line, "a key of 32 bytes in Base64, which are 44 characters, second");
    }
    return secret;
  }

  private static long time(String word, int line) {
    try {
      return Instant.parse(word).toEpochMilli();
    } catch (DateTimeException | ArithmeticException _) {
      throw mistake(line, "a time such as 2026-11-23T12:00:00Z third");
    }
  }

  private static IllegalArgumentException mistake(int line, String expected) {
    return new IllegalArgumentException("line " + line + ": expected " + expected);
  }

  /// Writes them. What comes of it is secret.
  public static List<String> format(CookieKeys keys) {
    return keys.all().stream()
        .map(key ->
            key.version()
                + " "
                + key.base64()
                + " "
                + Instant.ofEpochMilli(key.sealsFromMs()).toString())
        .toList();
  }
}
