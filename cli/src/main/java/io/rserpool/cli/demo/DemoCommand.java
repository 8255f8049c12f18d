package io.rserpool.cli.demo;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.Screen;
import io.rserpool.cli.console.Shutdown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows everything at once.
@Command(
    name = "demo",
    header = "See a pool survive its servers and its registrar: one minute, real processes.",
    description =
        "Starts three registrars and four fractal servers on free ports of this machine, computes"
            + " one large picture with them, kills two of the servers and a registrar (SIGKILL) and"
            + " freezes a third server (SIGSTOP) on the way, and completes the picture. Writes it to"
            + " a file, tiles tinted by the server that computed them, and prints who died when, how"
            + " soon that was noticed and by what, and who took over from the registrar. Ends by"
            + " itself in less than a minute; nothing stays behind but the picture.",
    footer = {
      "",
      "Example:",
      "  $ rserpool demo",
      "  ...",
      "  What happened, and how soon it was noticed:",
      "     5.111 s  server 4 (0xe4415a17) killed by SIGKILL",
      "            +8 ms  noticed by the client: connection reset",
      "           +12 ms  first result from server 3 (0x6b106b51)",
      "           +23 ms  out of the pool, says the registrar",
      "     7.902 s  registrar 2 (0x27ea9c10) killed by SIGKILL, the home of server 3",
      "           +14 ms  counts as dead for registrar 1 (0x5c233dbe)",
      "           +21 ms  taken over by registrar 3 (0xceebeb7e)",
      "           +35 ms  server 3 is at home with registrar 1 (0x5c233dbe)",
      "  ...",
      "  The picture is complete: 192 tiles, none lost."
    })
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "demo.png",
      description = "Where the picture is written. Default: ${DEFAULT-VALUE}.")
  private Path output = Path.of("demo.png");

  @Option(
      names = "--secure",
      description =
          "Everything over TLS, with an authority and certificates that are made for this and removed"
              + " at the end.")
  private boolean secure;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public DemoCommand() {}

  @Override
  public Integer call() {
    Path directory = output.toAbsolutePath().getParent();
    if (Files.isDirectory(output) || !Files.isWritable(directory)) {
      throw CommandFailure.mistaken(
          "option --output is a file that can be written, but this is '" + output + "'");
    }
    Screen screen = Screen.of(spec.commandLine().getOut());
    try (Children children = Children.open()) {
      Shutdown.atEnd(children::close);
      Demonstration.play(children, screen, output, secure);
    }
    screen.say(
        secure
            ? "All processes have ended; their certificates and keys are removed."
            : "All processes have ended.");
    return ExitCode.OK;
  }
}
