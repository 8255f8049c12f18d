package io.rserpool.cli.console;

import io.rserpool.cli.logging.LogLevel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The options of every command, and the headings of every help text.
@Command(
    sortOptions = false,
    usageHelpWidth = 90,
    usageHelpAutoWidth = false,
    abbreviateSynopsis = true,
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is done",
      "1:it did not work; the text says whether trying again makes sense",
      "2:a mistake on the command line or in the configuration",
      "130, 143:ended by SIGINT (Ctrl-C), by SIGTERM"
    })
public final class CommonOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 100,
      description = "Show this help.")
  @SuppressWarnings("unused") // Only the command line library looks at it.
  private boolean help;

  @Option(
      names = {"-v", "--verbose"},
      order = 101,
      description = "Show the causes of errors with their stack traces.")
  private boolean verbose;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      order = 102,
      converter = LogLevelConverter.class,
      completionCandidates = LogLevelConverter.Names.class,
      description =
          "How much is logged on standard error: off, error, warn, info, debug or trace."
              + " Servers log info, everything else warn, unless told otherwise.")
  private @Nullable LogLevel logLevel;

  private final LogLevel defaultLogLevel;

  private CommonOptions(LogLevel defaultLogLevel) {
    this.defaultLogLevel = defaultLogLevel;
  }

  /// The options of a command that logs so much unless it is told otherwise.
  public static CommonOptions logging(LogLevel defaultLogLevel) {
    return new CommonOptions(defaultLogLevel);
  }

  /// The options of a command that asks something and ends.
  public static CommonOptions ofClient() {
    return logging(LogLevel.WARN);
  }

  /// Whether the user wants to see stack traces.
  public boolean verbose() {
    return verbose;
  }

  /// How much is to be logged.
  public LogLevel logLevel() {
    LogLevel wanted = logLevel;
    return wanted == null ? defaultLogLevel : wanted;
  }
}
