package io.rserpool.cli;

import io.rserpool.cli.console.CommonOptions;
import io.rserpool.cli.console.Failures;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;

/// Where the command line starts.
public final class Main {
  private Main() {}

  /// Runs one command and ends the process with its exit code.
  public static void main(String[] args) {
    // Pools are named by their handles here, so that host names stay the business of the system.
    System.setProperty("rserpool.names.mode", "off");
    Charset charset = Charset.forName(System.getProperty("stdout.encoding", "UTF-8"));
    PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, charset);
    PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, charset);
    int exitCode = run(out, err, args);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }

  /// Runs one command.
  ///
  /// @return its exit code
  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine root = withCommonOptions(new CommandLine(new RootCommand()), "");
    for (String name : wanted(args)) {
      root.addSubcommand(name, withCommonOptions(new CommandLine(Subcommands.create(name)), name));
    }
    Failures failures = new Failures();
    return root.setOut(out)
        .setErr(err)
        .setUsageHelpWidth(90)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setExecutionStrategy(choosingLogLevel(new CommandLine.RunLast()))
        .execute(args);
  }

  /// Only the command that is called is looked at, since examining all of them takes longer than
  /// most of them run; help and unknown names need all.
  private static List<String> wanted(String... args) {
    boolean one = args.length > 0 && Subcommands.standsAlone(args[0]);
    return one ? List.of(args[0]) : Subcommands.NAMES;
  }

  private static CommandLine withCommonOptions(CommandLine command, String name) {
    if (!command.getMixins().containsKey(Failures.COMMON) && !name.equals("help")) {
      command.addMixin(Failures.COMMON, Subcommands.commonOptions(name));
    }
    command.getSubcommands().values().forEach(part -> withCommonOptions(part, name));
    return command;
  }

  private static IExecutionStrategy choosingLogLevel(IExecutionStrategy next) {
    return (ParseResult parsed) -> {
      ParseResult last = parsed;
      while (last.hasSubcommand()) {
        last = last.subcommand();
      }
      var common = last.commandSpec().mixins().get(Failures.COMMON);
      if (common != null && common.userObject() instanceof CommonOptions options) {
        options.logLevel().choose();
      }
      return next.execute(parsed);
    };
  }
}
