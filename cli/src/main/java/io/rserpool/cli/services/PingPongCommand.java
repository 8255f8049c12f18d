package io.rserpool.cli.services;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ElementNamesOption;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.Names;
import io.rserpool.cli.console.RegistrarOption;
import io.rserpool.cli.console.SessionOption;
import io.rserpool.cli.console.Shutdown;
import io.rserpool.cli.console.StatusOption;
import io.rserpool.cli.console.TimeConverter;
import io.rserpool.client.ClosedException;
import io.rserpool.client.Failover;
import io.rserpool.client.PoolUser;
import io.rserpool.client.SessionOptions;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.pingpong.PingPongClient;
import io.rserpool.services.pingpong.PingPongListener;
import io.rserpool.services.pingpong.PingPongMessage;
import io.rserpool.services.pingpong.PingPongOptions;
import io.rserpool.services.pingpong.PingPongSummary;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows that a session survives its servers without a gap.
@Command(
    name = "pingpong",
    header = "Ask a pingpong pool at regular times, and see whether its answers are gapless.",
    description =
        "Sends numbered Pings to the element that serves and prints its answers, which are numbered,"
            + " too. When the element fails the session moves to another one; over SCTP, which has"
            + " cookies, the numbers of the answers go on there as if nothing had happened. A step"
            + " other than 1 is said, and makes the exit code 1. Works with servers of rsplib, too.",
    footer = {
      "",
      "Example:",
      "  $ rserpool pingpong --registrar sctp://10.0.0.1 --count 3",
      "  Ping 1: reply 1 from element 0xd5628838 after 1.204 ms",
      "  Ping 2: reply 2 from element 0xd5628838 after 0.611 ms",
      "  moved from element 0xd5628838 (connection reset) to 0x6b106b51 at sctp://10.0.0.7:33961,"
          + " with its cookie; 1 Ping sent again",
      "  Ping 3: reply 3 from element 0x6b106b51 after 4.870 ms",
      "  3 Pings, 3 answered, 0 gaps, 1 move"
    })
public final class PingPongCommand implements Callable<Integer> {
  @Mixin private final RegistrarOption registrar = new RegistrarOption();

  @Parameters(
      paramLabel = "POOL",
      arity = "0..1",
      converter = Names.Pool.class,
      defaultValue = "PingPongPool",
      description = "The pool's handle. Default: ${DEFAULT-VALUE}.")
  private PoolHandle pool = PoolHandle.of("PingPongPool");

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      defaultValue = "500ms",
      description = "From one Ping to the next. Default: ${DEFAULT-VALUE}.")
  private Duration interval = Duration.ofMillis(500);

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      defaultValue = "3s",
      description = "An element that answers no sooner has failed. Default: ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ofSeconds(3);

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many Pings. Default: until Ctrl-C.")
  private long count;

  @Mixin private final SessionOption security = new SessionOption();

  @Mixin private final ElementNamesOption names = new ElementNamesOption();

  @Mixin private final StatusOption status = new StatusOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public PingPongCommand() {}

  @Override
  public Integer call() {
    if (count < 0) {
      throw CommandFailure.mistaken(
          "option --count is a number of 0 or more, but this is " + count);
    }
    PrintWriter out = spec.commandLine().getOut();
    PingPongOptions options = new PingPongOptions(interval, timeout, count);
    try (PoolUser user = PoolUser.open(status.of(security.of(names.of(registrar.scope()))))) {
      Shutdown.atEnd(user::close);
      PingPongSummary summary =
          PingPongClient.run(user, pool, SessionOptions.defaults(), options, new Report(out));
      out.printf(
          "%d %s, %d answered, %d %s, %d %s%n",
          summary.pings(),
          summary.pings() == 1 ? "Ping" : "Pings",
          summary.answers(),
          summary.gaps(),
          summary.gaps() == 1 ? "gap" : "gaps",
          summary.moves(),
          summary.moves() == 1 ? "move" : "moves");
      return summary.gaps() == 0 ? ExitCode.OK : ExitCode.FAILED;
    } catch (ClosedException _) {
      // The program ends.
      return ExitCode.OK;
    }
  }

  private record Report(PrintWriter out) implements PingPongListener {
    @Override
    public void answered(PingPongMessage.Pong pong, ElementId element, Duration roundTrip) {
      out.printf(
          "Ping %d: reply %d from element %s after %s%n",
          pong.messageNo(), pong.replyNo(), element, Notes.milliseconds(roundTrip));
    }

    @Override
    public void gap(long expected, long seen, ElementId element) {
      out.printf(
          "GAP: reply %d was expected, but element %s sent reply %d%n", expected, element, seen);
    }

    @Override
    public void movedOver(Failover failover, int repeated) {
      out.printf(
          "%s; %d %s sent again%n",
          Notes.move(failover), repeated, repeated == 1 ? "Ping" : "Pings");
    }
  }
}
