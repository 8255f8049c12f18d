package io.rserpool.cli.simulate;

import io.rserpool.protocol.Profile;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// One profile by its name, or all of them in turn.
record Profiles(List<Profile> list) {
  static final String ALL = "all";

  Profiles {
    list = List.copyOf(list);
  }

  static Profiles all() {
    return new Profiles(List.of(Profile.values()));
  }

  static Profiles of(Profile profile) {
    return new Profiles(List.of(profile));
  }

  /// Reads a name from the command line.
  static final class Converter implements ITypeConverter<Profiles> {
    @Override
    public Profiles convert(String text) {
      if (text.equals(ALL)) {
        return all();
      }
      for (Profile profile : Profile.values()) {
        if (profile.toString().equals(text)) {
          return of(profile);
        }
      }
      throw new TypeConversionException(
          "a profile is one of %s and %s, but this is '%s'".formatted(all(), ALL, text));
    }
  }

  /// What a shell offers to complete.
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(Stream.of(Profile.values()).map(Profile::toString), Stream.of(ALL))
          .iterator();
    }
  }

  /// The names, with commas between.
  @Override
  public String toString() {
    return list.stream().map(Profile::toString).collect(Collectors.joining(", "));
  }
}
