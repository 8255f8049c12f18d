package io.rserpool.pki;

import java.util.regex.Pattern;

/// What names of scopes, registrars, elements and users look like: they stand in addresses (URIs)
/// and in names of folders, and one must not pass for another.
final class Name {
  static final int LENGTH_MAX = 63;

  /// Quoted no longer than this.
  private static final int SHOWN_MAX = 80;

  /// A first and last character other than these could make `..`, or an option, of a name.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");

  private Name() {}

  static boolean isValid(String text) {
    return text.length() <= LENGTH_MAX && NAME.matcher(text).matches();
  }

  /// @throws IllegalArgumentException if it is no name
  static String require(String what, String text, int lengthMax) {
    if (text.length() > lengthMax || !NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          ("the name of %s is 1 to %d letters (a-z, A-Z), digits, '.', '-' or '_', with a letter or"
                  + " a digit first and last, but this is '%s'%s")
              .formatted(
                  what,
                  lengthMax,
                  shown(text),
                  text.length() > lengthMax ? ", which has " + text.length() : ""));
    }
    return text;
  }

  /// Text of unknown origin, such that it does nothing to a terminal.
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(SHOWN_MAX)
        .forEach(point -> {
          if (point < 0x20 || (point > 0x7e && !Character.isLetterOrDigit(point))) {
            shown.append("\\u%04x".formatted(point));
          } else {
            shown.appendCodePoint(point);
          }
        });
    return text.codePointCount(0, text.length()) > SHOWN_MAX ? shown + "..." : shown.toString();
  }
}
