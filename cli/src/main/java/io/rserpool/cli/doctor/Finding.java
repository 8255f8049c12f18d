package io.rserpool.cli.doctor;

import io.rserpool.cli.console.Json;

/// What one check has found.
///
/// @param grade how bad it is
/// @param subject what was looked at, one or two words
/// @param text what was seen
/// @param advice what to do about it; empty if nothing
record Finding(Grade grade, String subject, String text, String advice) {

  /// How bad something is.
  enum Grade {
    /// It works.
    OK,
    /// It works, but something is to be known.
    WARN,
    /// Something would not work.
    PROBLEM
  }

  static Finding ok(String subject, String text) {
    return new Finding(Grade.OK, subject, text, "");
  }

  static Finding warn(String subject, String text, String advice) {
    return new Finding(Grade.WARN, subject, text, advice);
  }

  static Finding problem(String subject, String text, String advice) {
    return new Finding(Grade.PROBLEM, subject, text, advice);
  }

  /// One line.
  String toLine() {
    String word =
        switch (grade) {
          case OK -> "ok";
          case WARN -> "warn";
          case PROBLEM -> "problem";
        };
    return "%-8s %-12s %s%s".formatted(word, subject, text, advice.isEmpty() ? "" : ": " + advice);
  }

  Json toJson() {
    return new Json()
        .put("grade", grade.name().toLowerCase(java.util.Locale.ROOT))
        .put("subject", subject)
        .put("text", text)
        .put("advice", advice);
  }
}
