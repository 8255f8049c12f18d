package io.rserpool.cli.console;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a time from the command line, such as `500ms` or `5s`; longer than nothing.
public final class TimeConverter implements ITypeConverter<Duration> {
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s)");

  /// For the command line.
  public TimeConverter() {}

  @Override
  public Duration convert(String text) {
    Matcher parts = TIME.matcher(text);
    if (parts.matches()) {
      long number = Long.parseLong(parts.group(1));
      Duration time =
          parts.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
      if (time.isPositive()) {
        return time;
      }
    }
    throw new TypeConversionException(
        "a time is written as 500ms or 5s, but this is '" + text + "'");
  }
}
