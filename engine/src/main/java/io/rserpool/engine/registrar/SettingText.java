package io.rserpool.engine.registrar;

import java.math.BigDecimal;
import java.util.Locale;

/// Reads and writes the values of settings in their units.
final class SettingText {

  private static final long NS_PER_MS = 1_000_000;
  private static final long NS_PER_S = 1_000_000_000;

  private SettingText() {}

  static String write(RegistrarSetting.Unit unit, long value) {
    return switch (unit) {
      case DURATION ->
          value % NS_PER_S == 0
              ? value / NS_PER_S + "s"
              : BigDecimal.valueOf(value, 6).stripTrailingZeros().toPlainString() + "ms";
      case COUNT -> Long.toString(value);
      case SHARE -> BigDecimal.valueOf(value, 1).stripTrailingZeros().toPlainString() + "%";
      case FLAG -> value == 0 ? "off" : "on";
    };
  }

  /// @throws IllegalArgumentException that says what was expected and what was given
  static long read(RegistrarSetting setting, String text) {
    String given = text.strip().toLowerCase(Locale.ROOT);
    try {
      return switch (setting.unit()) {
        case DURATION ->
            given.endsWith("ms") ? scaled(given, "ms", NS_PER_MS) : scaled(given, "s", NS_PER_S);
        case COUNT -> Long.parseLong(given);
        case SHARE -> scaled(given, "%", 10);
        case FLAG -> flag(given);
      };
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          setting + " is " + expected(setting.unit()) + ", but this is '" + text + "'", e);
    }
  }

  private static long scaled(String given, String suffix, long scale) {
    if (!given.endsWith(suffix)) {
      throw new NumberFormatException(given);
    }
    BigDecimal number = new BigDecimal(given.substring(0, given.length() - suffix.length()));
    return number.multiply(BigDecimal.valueOf(scale)).longValueExact();
  }

  private static long flag(String given) {
    if (given.equals("on") || given.equals("true")) {
      return 1;
    }
    if (given.equals("off") || given.equals("false")) {
      return 0;
    }
    throw new NumberFormatException(given);
  }

  private static String expected(RegistrarSetting.Unit unit) {
    return switch (unit) {
      case DURATION -> "a time such as 250ms or 1.5s";
      case COUNT -> "a whole number";
      case SHARE -> "a percentage such as 5%";
      case FLAG -> "on or off";
    };
  }
}
