package io.rserpool.cli.console;

import io.rserpool.protocol.Profile;
import java.util.Iterator;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a profile from the command line.
public final class ProfileConverter implements ITypeConverter<Profile> {

  /// What a shell offers to complete.
  public static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Profile.values()).map(Profile::toString).iterator();
    }
  }

  @Override
  public Profile convert(String text) {
    try {
      return Profile.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
