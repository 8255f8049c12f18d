package io.rserpool.cli.decode;

import io.rserpool.cli.console.CommandFailure;
import java.io.ByteArrayOutputStream;

/// Reads bytes from hexadecimal digits as people copy them: in pairs, with or without spaces,
/// colons and `0x`.
final class HexText {

  private HexText() {}

  /// The bytes.
  ///
  /// @param where what to call the text in a complaint, such as `line 3`
  /// @throws IllegalArgumentException if the text is something else; says where and what was
  ///     expected
  static byte[] parse(String text, String where) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int high = -1;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (high < 0 && isSeparator(c)) {
        continue;
      }
      if (high < 0 && isPrefix(text, at)) {
        at++;
        continue;
      }
      int digit = Character.digit(c, 16);
      if (digit < 0 || c > 'f') {
        throw CommandFailure.mistaken(
            "%s, column %d: a hexadecimal digit expected, but there is '%c'"
                .formatted(where, at + 1, c));
      }
      if (high < 0) {
        high = digit;
      } else {
        bytes.write((high << 4) | digit);
        high = -1;
      }
    }
    if (high >= 0) {
      throw CommandFailure.mistaken(
          where + ": hexadecimal digits come in pairs, but the last one is alone");
    }
    return bytes.toByteArray();
  }

  private static boolean isSeparator(char c) {
    return Character.isWhitespace(c) || c == ':' || c == ',' || c == '-';
  }

  private static boolean isPrefix(String text, int at) {
    return text.charAt(at) == '0'
        && at + 1 < text.length()
        && (text.charAt(at + 1) == 'x' || text.charAt(at + 1) == 'X');
  }
}
