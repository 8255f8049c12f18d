package io.rserpool.cli.console;

import io.rserpool.cli.logging.LogLevel;
import java.util.Iterator;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a log level from the command line.
final class LogLevelConverter implements ITypeConverter<LogLevel> {

  /// What a shell offers to complete.
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(LogLevel.values()).map(LogLevel::toString).iterator();
    }
  }

  @Override
  public LogLevel convert(String text) {
    for (LogLevel level : LogLevel.values()) {
      if (level.toString().equals(text)) {
        return level;
      }
    }
    throw new TypeConversionException(
        "a log level is one of off, error, warn, info, debug and trace, but this is '"
            + text
            + "'");
  }
}
