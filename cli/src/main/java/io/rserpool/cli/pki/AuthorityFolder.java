package io.rserpool.cli.pki;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.pki.PkiException;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// The option that says where the authority is.
final class AuthorityFolder {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "pki",
      description = "The folder of the authority. Default: ${DEFAULT-VALUE}.")
  private Path path = Path.of("pki");

  Path path() {
    return path;
  }

  /// Does something with files, and turns what goes wrong into a sentence.
  static <T> T orFail(Supplier<T> action) {
    try {
      return action.get();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.mistaken(String.valueOf(e.getMessage()), e);
    } catch (PkiException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
    }
  }
}
