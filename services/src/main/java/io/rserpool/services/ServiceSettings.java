package io.rserpool.services;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Settings of a service as people write them, read one after the other; in the end none may be left
/// over.
final class ServiceSettings {

  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s)");

  private final String service;
  private final Map<String, String> given;
  private final List<String> known = new ArrayList<>();

  ServiceSettings(String service, Map<String, String> given) {
    this.service = service;
    this.given = new TreeMap<>(given);
  }

  long number(String name, long usual, long least) {
    return number(name, usual, least, Long.MAX_VALUE);
  }

  long number(String name, long usual, long least, long most) {
    String text = take(name);
    if (text.isEmpty()) {
      return usual;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw mistake(name, "a number of " + least + " or more", text);
  }

  Duration time(String name, Duration usual) {
    String text = take(name);
    if (text.isEmpty()) {
      return usual;
    }
    Matcher parts = TIME.matcher(text);
    if (parts.matches()) {
      long number = Long.parseLong(parts.group(1));
      Duration time =
          parts.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
      if (time.isPositive()) {
        return time;
      }
    }
    throw mistake(name, "a time such as 500ms or 5s", text);
  }

  double probability(String name, double usual) {
    String text = take(name);
    if (text.isEmpty()) {
      return usual;
    }
    try {
      double probability = Double.parseDouble(text);
      if (probability >= 0 && probability <= 1) {
        return probability;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw mistake(name, "a number from 0 to 1", text);
  }

  /// Throws if there is a setting that was not asked for.
  void requireAllKnown() {
    if (!given.isEmpty()) {
      throw new IllegalArgumentException(
          "service %s has %s, but this is '%s'"
              .formatted(
                  service,
                  known.isEmpty() ? "no settings" : "the settings " + String.join(", ", known),
                  given.keySet().iterator().next()));
    }
  }

  private String take(String name) {
    known.add(name);
    String text = given.remove(name);
    return text == null ? "" : text;
  }

  private IllegalArgumentException mistake(String name, String expected, String text) {
    return new IllegalArgumentException(
        "setting %s of service %s is %s, but this is '%s'"
            .formatted(name, service, expected, text));
  }
}
