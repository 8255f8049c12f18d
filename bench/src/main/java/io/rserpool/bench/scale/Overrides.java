package io.rserpool.bench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A configuration file for the registrar, gone when the benchmark ends.
public final class Overrides {

  private Overrides() {}

  /// @param settings each as `name: value`
  /// @return the arguments that name the file
  public static String[] arguments(String... settings) throws IOException {
    Path file = Files.createTempFile("registrar", ".yaml");
    file.toFile().deleteOnExit();
    List<String> lines = List.of(settings).stream().map(line -> "  " + line).toList();
    Files.writeString(file, "settings:\n" + String.join("\n", lines) + "\n");
    return new String[] {"--config", file.toString()};
  }
}
