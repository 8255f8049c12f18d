package io.rserpool.registrar;

import java.util.List;

/// A configuration has mistakes. All of them are told at once, each with file, line, key, what was
/// expected and what was given.
public final class ConfigException extends RegistrarException {

  private final transient List<String> mistakes;

  /// One mistake.
  ConfigException(String mistake) {
    this(List.of(mistake));
  }

  /// All mistakes, in the order of their lines.
  ConfigException(List<String> mistakes) {
    super(String.join("\n", mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /// A mistake and its cause.
  ConfigException(String mistake, Throwable cause) {
    super(mistake, cause);
    this.mistakes = List.of(mistake);
  }

  /// One line for each mistake.
  public List<String> mistakes() {
    return mistakes;
  }
}
