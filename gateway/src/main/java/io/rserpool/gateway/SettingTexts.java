package io.rserpool.gateway;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where texts of settings come from: the setting `connect-timeout` is the system property
/// `rserpool.connect-timeout`, or else the environment variable `RSERPOOL_CONNECT_TIMEOUT`.
///
/// @param lookup gives the text of a setting by its name, or an empty one
public record SettingTexts(UnaryOperator<String> lookup) {

  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s)");

  /// The properties and the environment of this process, read when they are asked for.
  public static SettingTexts ofProcess() {
    return new SettingTexts(SettingTexts::ofProcess);
  }

  private static String ofProcess(String name) {
    String property = System.getProperty("rserpool." + name);
    if (property != null) {
      return property;
    }
    String variable = "RSERPOOL_" + name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    String value = System.getenv(variable);
    return value == null ? "" : value;
  }

  /// The same, but first what an argument says: `name=value;name=value`, or only addresses of
  /// registrars, separated by commas.
  ///
  /// @throws IllegalArgumentException if it is neither
  public SettingTexts withArgument(String argument) {
    Map<String, String> own = new LinkedHashMap<>();
    for (String part : argument.split(";")) {
      int mark = part.indexOf('=');
      if (mark > 0) {
        own.put(part.substring(0, mark).strip(), part.substring(mark + 1).strip());
      } else if (part.contains("://")) {
        own.put("registrars", part.strip());
      } else if (!part.isBlank()) {
        throw new IllegalArgumentException(
            "settings are written name=value;name=value, but this is '" + part + "'");
      }
    }
    return new SettingTexts(name -> own.containsKey(name) ? own.get(name) : lookup.apply(name));
  }

  /// The text of a setting, or what holds if there is none.
  public String text(String name, String otherwise) {
    String text = lookup.apply(name).strip();
    return text.isEmpty() ? otherwise : text;
  }

  /// The texts of a setting that are separated by commas.
  public List<String> list(String name, String otherwise) {
    return Stream.of(text(name, otherwise).split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /// A time, written as `500ms` or `5s`.
  ///
  /// @throws IllegalArgumentException if it is not
  public Duration time(String name, Duration otherwise) {
    String text = text(name, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher parts = TIME.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "setting %s is a time such as 500ms or 5s, but this is '%s'".formatted(name, text));
    }
    long number = Long.parseLong(parts.group(1));
    return parts.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
  }

  /// Whether something is wanted, written as `true` or `false`.
  ///
  /// @throws IllegalArgumentException if it is neither
  public boolean flag(String name, boolean otherwise) {
    String text = text(name, Boolean.toString(otherwise));
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(
          "setting %s is true or false, but this is '%s'".formatted(name, text));
    }
    return text.equals("true");
  }
}
