package io.rserpool.cli.pool;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads how many elements are wanted.
final class Count implements ITypeConverter<Integer> {
  private static final int MAX = 1_000_000;

  @Override
  public Integer convert(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 0 && count <= MAX) {
        return count;
      }
    } catch (NumberFormatException _) {
      // Answered below, together with what is out of range.
    }
    throw new TypeConversionException(
        "a number of elements is 0 to " + MAX + ", but this is '" + text + "'");
  }
}
