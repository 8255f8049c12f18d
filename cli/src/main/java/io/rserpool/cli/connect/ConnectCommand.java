package io.rserpool.cli.connect;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ElementNamesOption;
import io.rserpool.cli.console.ElementText;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.Names;
import io.rserpool.cli.console.RegistrarOption;
import io.rserpool.cli.console.SessionOption;
import io.rserpool.cli.console.Shutdown;
import io.rserpool.cli.console.StatusOption;
import io.rserpool.client.ClosedException;
import io.rserpool.client.Failover;
import io.rserpool.client.PoolSession;
import io.rserpool.client.PoolUser;
import io.rserpool.client.SessionOptions;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Talks to a pool.
@Command(
    name = "connect",
    header = "Talk to a pool: lines in, answers out.",
    description =
        "Opens a session with a pool: each line of standard input is sent to the element that"
            + " serves, over SCTP as a message, what it answers is printed. When that element fails the session moves to"
            + " another one, says so on standard error, and goes on. At the end of the input it"
            + " waits"
            + " for outstanding answers, then ends.",
    footer = {
      "",
      "Examples:",
      "  $ rserpool connect EchoPool",
      "  connected to pool EchoPool: element 0x27ea9c10 at tcp://127.0.0.1:40917",
      "  hello",
      "  hello",
      "  moved from element 0x27ea9c10 (connection reset) to 0xb2f90aa3 at tcp://127.0.0.1:38411",
      "  still there?",
      "  still there?",
      "",
      "  $ rserpool connect --until-close DaytimePool </dev/null",
      "  connected to pool DaytimePool: element 0x77aa01c4 at tcp://127.0.0.1:44719",
      "  Monday, 05-January-2026 12:34:56.123456"
    })
public final class ConnectCommand implements Callable<Integer> {
  @Mixin private final RegistrarOption registrar = new RegistrarOption();

  @Parameters(
      paramLabel = "POOL",
      converter = Names.Pool.class,
      description = "The pool's handle, as text or as 0x and hexadecimal digits.")
  private PoolHandle pool = PoolHandle.of("?");

  @Option(
      names = "--element",
      paramLabel = "ELEMENT",
      converter = Names.Element.class,
      description = "Begin with this element if it is in the pool.")
  private ElementId preferred = ElementId.NONE;

  @Option(
      names = "--until-close",
      description =
          "For services that end each session by themselves, as daytime does: the end that they"
              + " make is the end, not a failure.")
  private boolean untilClose;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "3",
      description =
          "How long to wait for more answers after the end of the input. Default:"
              + " ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Mixin private final SessionOption security = new SessionOption();

  @Mixin private final ElementNamesOption names = new ElementNamesOption();

  @Mixin private final StatusOption status = new StatusOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public ConnectCommand() {}

  @Override
  public Integer call() {
    if (waitSeconds < 0 || waitSeconds > 86_400) {
      throw CommandFailure.mistaken(
          "option --wait is a number of seconds from 0 to 86400, but this is " + waitSeconds);
    }
    PrintWriter notices = spec.commandLine().getErr();
    SessionOptions options =
        SessionOptions.builder()
            .preferred(preferred)
            .endsOrderly(untilClose)
            .listener((_, failover) -> notices.println(describe(failover)))
            .build();
    try (PoolUser user = PoolUser.open(status.of(security.of(names.of(registrar.scope()))));
        PoolSession session = user.connect(pool, options)) {
      Shutdown.atEnd(user::close);
      PoolElementParameter element = session.element();
      notices.printf("connected to pool %s: element %s%n", pool, describe(element));
      new Conversation(session, System.out, Duration.ofSeconds(waitSeconds)).run(System.in);
    } catch (ClosedException _) {
      // The program ends.
    }
    return ExitCode.OK;
  }

  private static String describe(Failover failover) {
    return "moved from element %s (%s) to %s"
        .formatted(
            failover.oldElement().elementId(), failover.source(), describe(failover.newElement()));
  }

  private static String describe(PoolElementParameter element) {
    return element.elementId() + " at " + ElementText.address(element.userTransport());
  }
}
