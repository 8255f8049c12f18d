package io.rserpool.cli.daemon;

import io.rserpool.client.PolicyNotation;
import io.rserpool.protocol.Policy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a policy from the command line.
final class PolicyConverter implements ITypeConverter<Policy> {
  @Override
  public Policy convert(String text) {
    try {
      return PolicyNotation.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
