package io.rserpool.cli.daemon;

import io.rserpool.services.Services;
import io.rserpool.services.host.Service;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the name of an example service from the command line.
final class ServiceName implements ITypeConverter<Service> {

  /// What a shell offers to complete.
  static final class All implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Services.names().iterator();
    }
  }

  @Override
  public Service convert(String text) {
    if (!Services.names().contains(text)) {
      throw new TypeConversionException(
          "a service is one of "
              + String.join(", ", Services.names())
              + ", but this is '"
              + text
              + "'");
    }
    return Services.named(text);
  }
}
