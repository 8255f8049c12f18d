package io.rserpool.cli.console;

import io.rserpool.client.NoRegistrarException;
import io.rserpool.client.RSerPoolException;
import io.rserpool.client.RejectedException;
import io.rserpool.net.NetException;
import io.rserpool.protocol.CauseCode;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns exceptions into a sentence on standard error and an exit code.
public final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /// Under this name every command mixes in its [CommonOptions].
  public static final String COMMON = "common";

  /// For the whole program.
  public Failures() {}

  @Override
  public int handleParseException(ParameterException mistake, String[] args) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    CommandSpec spec = command.getCommandSpec();
    err.println(spec.qualifiedName(" ") + ": " + explain(mistake, spec));
    if (spec.parent() != null) {
      UnmatchedArgumentException.printSuggestions(mistake, err);
    }
    if (mistake instanceof MissingParameterException) {
      err.print("Usage: " + command.getHelp().synopsis(0));
    }
    err.println("Try '" + spec.qualifiedName(" ") + " --help'.");
    printTrace(mistake, spec, err);
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    CommandSpec spec = command.getCommandSpec();
    String name = spec.qualifiedName(" ");
    int exitCode = ExitCode.FAILED;
    switch (failure) {
      case CommandFailure known -> {
        err.println(name + ": " + known.getMessage());
        exitCode = known.exitCode();
      }
      case NoRegistrarException nobody -> err.println(name + ": " + explain(nobody, spec));
      case RSerPoolException asked ->
          err.println(
              name
                  + ": "
                  + asked.getMessage()
                  + asWhom(asked, spec)
                  + (asked.isRetryable() ? " (trying again makes sense)" : ""));
      case NetException net -> err.println(name + ": " + net.getMessage());
      case RuntimeException bug -> {
        err.println(name + ": this is a mistake in rserpool itself: " + bug);
        err.println("The option --verbose shows where; please report it.");
      }
      default -> err.println(name + ": " + failure);
    }
    printTrace(failure, spec, err);
    return exitCode;
  }

  /// A registrar that refuses says no more than that; who it was that asked is known here.
  private static String asWhom(RSerPoolException asked, CommandSpec spec) {
    boolean isForbidden =
        asked instanceof RejectedException rejected
            && rejected.causes().stream().anyMatch(c -> c.cause() == CauseCode.SECURITY);
    if (!isForbidden) {
      return "";
    }
    return RegistrarOption.of(spec).map(RegistrarOption::tls).map(TlsOption::asWhom).orElse("");
  }

  private static void printTrace(Exception failure, CommandSpec spec, PrintWriter err) {
    CommandSpec common = spec.mixins().get(COMMON);
    if (common != null
        && common.userObject() instanceof CommonOptions options
        && options.verbose()) {
      failure.printStackTrace(err);
    }
    err.flush();
  }

  /// What was given, and what was expected there.
  private static String explain(ParameterException mistake, CommandSpec spec) {
    if (mistake instanceof UnmatchedArgumentException unmatched && spec.parent() == null) {
      String given = unmatched.getUnmatched().getFirst();
      return "there is no command or option '%s'; the commands are %s"
          .formatted(given, String.join(", ", spec.subcommands().keySet()));
    }
    return lowerFirst(String.valueOf(mistake.getMessage()));
  }

  /// Where registrars were looked for, and what to do.
  private static String explain(NoRegistrarException nobody, CommandSpec spec) {
    return RegistrarOption.of(spec)
        .map(NoAnswer::explain)
        .orElse(String.valueOf(nobody.getMessage()));
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
