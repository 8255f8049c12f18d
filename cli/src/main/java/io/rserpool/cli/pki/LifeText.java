package io.rserpool.cli.pki;

import io.rserpool.pki.CertificateSummary;
import io.rserpool.pki.Life;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// The life of a certificate in words.
public final class LifeText {
  private LifeText() {}

  /// How long a certificate still counts, rounded down.
  ///
  /// @param now the time
  public static String left(Life life, Instant now) {
    Duration left = life.left(now);
    if (left.isNegative()) {
      return "-";
    }
    return left.toDays() > 0
        ? left.toDays() + " d"
        : left.toHours() > 0
            ? left.toHours() + " h"
            : left.toMinutes() > 0 ? left.toMinutes() + " min" : left.toSeconds() + " s";
  }

  /// The used share, rounded down, so that 100 means all of it.
  static long percent(Life life, Instant now) {
    return (long) Math.floor(life.usedShare(now) * 100);
  }

  /// What has to be done about it, or nothing.
  static String note(CertificateSummary certificate, Instant now) {
    return switch (certificate.life().phase(now)) {
      case VALID -> "";
      case NOT_YET_VALID -> "NOT YET VALID";
      case RENEW -> certificate.authority() ? "make a new authority" : "renew";
      case EXPIRED -> "EXPIRED";
    };
  }

  /// One word for programs.
  static String word(Life.Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
