package io.rserpool.cli.console;

import java.util.Locale;

/// Makes sentences of what texts say.
public final class Sentence {
  private Sentence() {}

  /// With a capital letter at its beginning and a full stop at its end.
  public static String of(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }
}
