package io.rserpool.cli.pki;

import io.rserpool.cli.console.CommandFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say how long a certificate lasts; one of them at most.
final class LifeOptions {
  /// Long enough to go on holiday, short enough that a stolen key is soon worth nothing.
  static final Duration USUAL = Duration.ofDays(7);

  private static final int DAYS_MAX = 36_500;
  private static final int HOURS_MAX = 24 * DAYS_MAX;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How many days the certificate lasts. Default: 7.")
  private @Nullable Integer days;

  @Option(
      names = "--hours",
      paramLabel = "N",
      description = "How many hours the certificate lasts.")
  private @Nullable Integer hours;

  Duration length() {
    Integer inHours = hours;
    if (inHours != null) {
      require("--hours", inHours, HOURS_MAX);
      return Duration.ofHours(inHours);
    }
    Integer inDays = days;
    return inDays == null ? USUAL : days("--days", inDays);
  }

  static Duration days(String option, int number) {
    require(option, number, DAYS_MAX);
    return Duration.ofDays(number);
  }

  private static void require(String option, int number, int max) {
    if (number < 1 || number > max) {
      throw CommandFailure.mistaken(
          "option %s is a number from 1 to %d, but this is %d".formatted(option, max, number));
    }
  }
}
