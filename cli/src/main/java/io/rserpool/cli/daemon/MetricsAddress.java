package io.rserpool.cli.daemon;

import io.rserpool.engine.Endpoint;
import io.rserpool.registrar.RegistrarConfig;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Where a registrar lets its metrics be read: `host:port`, the port may be left out.
final class MetricsAddress implements ITypeConverter<Endpoint> {
  @Override
  public Endpoint convert(String text) {
    try {
      return RegistrarConfig.metricsAddress(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
