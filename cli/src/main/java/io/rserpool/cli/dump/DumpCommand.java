package io.rserpool.cli.dump;

import io.rserpool.cli.console.Addresses;
import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.ProfileConverter;
import io.rserpool.cli.console.RegistrarNamesOption;
import io.rserpool.cli.console.Sentence;
import io.rserpool.cli.console.TlsOption;
import io.rserpool.cli.console.Written;
import io.rserpool.cli.reach.Silence;
import io.rserpool.cli.survey.Approach;
import io.rserpool.cli.survey.RefusedException;
import io.rserpool.cli.survey.Survey;
import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse.PoolEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows a registrar, its peers and its handlespace.
@Command(
    name = "dump",
    header = "Show a registrar, its peers and its handlespace.",
    description = {
      "Asks a registrar at its ENRP address who it is, which peers it knows and which pools and"
          + " elements it holds. No registrar takes this for a peer, except in profile"
          + " rsplib, whose registrars answer peers only: there it counts as one for some"
          + " seconds.",
      "",
      "With peers, a table shows each registrar's elements as the asked one believes, their"
          + " checksum, and the checksum that the registrar tells itself: 'in step' if both are the"
          + " same. Peers are asked for that, too; those that do not answer are named."
    },
    footer = {
      "",
      "Example:",
      "  $ rserpool dump",
      "  registrar 0xceebeb7e  enrp tcp://127.0.0.1:9901  checksum 0xc690  1 peer",
      "    REGISTRAR   ENRP                  ELEMENTS  CHECKSUM  ITS OWN  STATE",
      "    0xceebeb7e  tcp://127.0.0.1:9901  2         0xc690    0xc690   in step",
      "    0x27ea9c10  tcp://127.0.0.1:9911  1         0x81d3    0x81d3   in step",
      "  pool EchoPool  rr  3 elements",
      "    ELEMENT     ADDRESS                POLICY  HOME        LIFE  REGISTRARS CALL",
      "    0x00000077  tcp://127.0.0.1:33499  rr      0xceebeb7e  60 s  tcp://127.0.0.1:45363",
      "    ...",
      "  1 pool, 3 elements"
    })
public final class DumpCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "ADDRESS",
      converter = Addresses.Enrp.class,
      description =
          "The registrar's ENRP address, tcp://host:port (tls://host:port with --tls) or"
              + " sctp://host:port. Default: "
              + Addresses.DEFAULT_ENRP
              + ", with --tls "
              + Addresses.DEFAULT_TLS_ENRP
              + ".")
  private @Nullable Written given;

  @Mixin private final TlsOption tls = new TlsOption();

  @Mixin private final RegistrarNamesOption names = new RegistrarNamesOption();

  @Option(names = "--own", description = "Only elements whose home is the registrar that is asked.")
  private boolean own;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long each registrar may take. Default: ${DEFAULT-VALUE} s.")
  private int timeoutSeconds;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      converter = ProfileConverter.class,
      completionCandidates = ProfileConverter.Names.class,
      defaultValue = "standard",
      description = "The scope's profile: standard, rfc or rsplib. Default: ${DEFAULT-VALUE}.")
  private Profile profile = Profile.STANDARD;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public DumpCommand() {}

  @Override
  public Integer call() {
    if (timeoutSeconds < 1 || timeoutSeconds > 3_600) {
      throw CommandFailure.mistaken(
          "option --timeout is a number of seconds from 1 to 3600, but this is " + timeoutSeconds);
    }
    Survey survey = survey(registrar());
    List<PoolEntry> pools = own ? ownPools(survey) : survey.view().pools();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(RegistrarReport.json(survey, pools));
    } else {
      RegistrarReport.print(survey, pools, profile, out);
    }
    return ExitCode.OK;
  }

  private Endpoint registrar() {
    Written written = given;
    if (written == null) {
      return Endpoint.parse(tls.isOn() ? Addresses.DEFAULT_TLS_ENRP : Addresses.DEFAULT_ENRP, 0);
    }
    Endpoint named = written.with(tls.isOn());
    tls.requireFitting("ADDRESS", List.of(named));
    return named;
  }

  private Survey survey(Endpoint registrar) {
    Approach approach =
        new Approach(profile, names.of(tls.options()), Duration.ofSeconds(timeoutSeconds));
    try {
      return Survey.take(registrar, approach);
    } catch (RefusedException e) {
      throw failure(registrar, e.getMessage(), "Try again in a moment.", e);
    } catch (SocketTimeoutException e) {
      throw failure(
          registrar,
          e.getMessage(),
          "Is that an ENRP address? Trying again makes sense if it is.",
          e);
    } catch (IOException e) {
      Silence silence = Survey.explain(registrar, approach, e);
      throw failure(
          registrar,
          silence.why(),
          silence.advice().isEmpty()
              ? "Start a registrar, or name its ENRP address: rserpool dump tcp://host:9901"
              : Sentence.of(silence.advice()),
          e);
    }
  }

  private static CommandFailure failure(
      Endpoint registrar, @Nullable String why, String advice, IOException cause) {
    return CommandFailure.failed(registrar + ": " + why + ". " + advice, cause);
  }

  private static List<PoolEntry> ownPools(Survey survey) {
    List<PoolEntry> pools = new ArrayList<>();
    for (PoolEntry pool : survey.view().pools()) {
      List<PoolElementParameter> elements =
          pool.elements().stream()
              .filter(element -> element.homeId().equals(survey.view().id()))
              .toList();
      if (!elements.isEmpty()) {
        pools.add(new PoolEntry(pool.handle(), elements));
      }
    }
    return pools;
  }
}
