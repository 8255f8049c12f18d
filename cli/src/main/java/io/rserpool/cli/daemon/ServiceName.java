package io.rserpool.cli.daemon;

import io.rserpool.services.Services;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the name of an example service from the command line.
final class ServiceName implements ITypeConverter<String> {

  /// What a shell offers to complete.
  static final class All implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Services.names().iterator();
    }
  }

  @Override
  public String convert(String text) {
    if (!Services.names().contains(text)) {
      throw new TypeConversionException(
          "a service is one of "
              + String.join(", ", Services.names())
              + ", but this is '"
              + text
              + "'");
    }
    return text;
  }
}
