package io.rserpool.engine.hunt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Checks values of settings, and names those that differ from a profile's.
public final class Setting {

  /// Longer times are as good as none; so a thousand of them never overflow.
  private static final Duration MAX = Duration.ofDays(30);

  private Setting() {}

  /// A duration above zero.
  ///
  /// @throws IllegalArgumentException that names the setting and what was expected
  public static Duration positive(String name, Duration value) {
    if (value.isZero()) {
      throw new IllegalArgumentException(name + " must be longer than 0, but is 0");
    }
    return notNegative(name, value);
  }

  /// A duration of zero or more.
  ///
  /// @throws IllegalArgumentException that names the setting and what was expected
  public static Duration notNegative(String name, Duration value) {
    if (value.isNegative() || value.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          name + " must be between 0 and " + MAX.toDays() + " days, but is " + value);
    }
    return value;
  }

  /// A number within bounds.
  ///
  /// @throws IllegalArgumentException that names the setting and what was expected
  public static int between(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be " + min + " to " + max + ", but is " + value);
    }
    return value;
  }

  /// What in `present` differs from `defaults`, each as `name=value`, in the order of `present`.
  public static List<String> differences(
      Map<String, Object> present, Map<String, Object> defaults) {
    List<String> found = new ArrayList<>();
    present.forEach((name, value) -> {
      if (!value.equals(defaults.get(name))) {
        found.add(name + "=" + text(value));
      }
    });
    return List.copyOf(found);
  }

  private static String text(Object value) {
    return value instanceof Duration duration ? seconds(duration) : value.toString();
  }

  private static String seconds(Duration value) {
    return value.toMillis() % 1000 == 0 ? value.toSeconds() + "s" : value.toMillis() + "ms";
  }
}
