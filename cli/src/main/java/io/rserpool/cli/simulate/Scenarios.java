package io.rserpool.cli.simulate;

import io.rserpool.sim.scenario.Scenario;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// One scenario by its name, or all of them in turn.
record Scenarios(List<Scenario> list) {
  static final String ALL = "all";

  Scenarios {
    list = List.copyOf(list);
  }

  /// All, mild ones first.
  static Scenarios all() {
    return new Scenarios(Scenario.all());
  }

  /// Reads a name from the command line.
  static final class Converter implements ITypeConverter<Scenarios> {
    @Override
    public Scenarios convert(String text) {
      if (text.equals(ALL)) {
        return all();
      }
      List<Scenario> named =
          Scenario.all().stream().filter(scenario -> scenario.name().equals(text)).toList();
      if (named.isEmpty()) {
        throw new TypeConversionException(
            "a scenario is one of %s and %s, but this is '%s'".formatted(all(), ALL, text));
      }
      return new Scenarios(named);
    }
  }

  /// What a shell offers to complete.
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(Scenario.all().stream().map(Scenario::name), Stream.of(ALL)).iterator();
    }
  }

  /// The names, with commas between.
  @Override
  public String toString() {
    return list.stream().map(Scenario::name).collect(Collectors.joining(", "));
  }
}
