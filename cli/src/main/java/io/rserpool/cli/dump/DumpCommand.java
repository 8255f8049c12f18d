package io.rserpool.cli.dump;

import io.rserpool.cli.console.Addresses;
import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.ProfileConverter;
import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.Profile;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows a registrar and its handlespace.
@Command(
    name = "dump",
    header = "Show a registrar and its handlespace.",
    description =
        "Asks a registrar at its ENRP address who it is, which peers it knows and which pools and"
            + " elements it holds. The registrar does not take this for a peer.",
    footer = {
      "",
      "Example:",
      "  $ rserpool dump",
      "  registrar 0xceebeb7e  enrp tcp://127.0.0.1:9901  checksum 0xc690  no peers",
      "  pool EchoPool  rr  2 elements",
      "    ELEMENT     ADDRESS                POLICY  HOME        LIFE  REGISTRARS CALL",
      "    0x00000077  tcp://127.0.0.1:33499  rr      0xceebeb7e  60 s  tcp://127.0.0.1:45363",
      "    0xd5628838  tcp://127.0.0.1:42837  rr      0xceebeb7e  60 s  tcp://127.0.0.1:43629",
      "  1 pool, 2 elements"
    })
public final class DumpCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "ADDRESS",
      converter = Addresses.Enrp.class,
      defaultValue = Addresses.DEFAULT_ENRP,
      description = "The registrar's ENRP address, tcp://host:port. Default: ${DEFAULT-VALUE}.")
  private Endpoint registrar = Endpoint.parse(Addresses.DEFAULT_ENRP, Addresses.ENRP_PORT);

  @Option(names = "--own", description = "Only elements whose home is this registrar.")
  private boolean own;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long the whole answer may take. Default: ${DEFAULT-VALUE} s.")
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
    RegistrarView view = inquire();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(RegistrarReport.json(view));
    } else {
      RegistrarReport.print(view, profile, out);
    }
    return ExitCode.OK;
  }

  private RegistrarView inquire() {
    Duration limit = Duration.ofSeconds(timeoutSeconds);
    try (EnrpConversation conversation = EnrpConversation.open(registrar, profile, limit)) {
      return new RegistrarInquiry(conversation).run(own);
    } catch (ConnectException e) {
      throw failure("nobody listens at " + registrar + " (" + e.getMessage() + ")", "", e);
    } catch (UnknownHostException e) {
      throw failure("there is no host '" + registrar.hosts().getFirst() + "'", "", e);
    } catch (RegistrarInquiry.RefusedException e) {
      throw failure(e.getMessage() + "; it may still be starting", " Try again in a moment.", e);
    } catch (SocketTimeoutException e) {
      throw failure(
          registrar + " did not answer within " + timeoutSeconds + " s; is that an ENRP address?",
          " Trying again makes sense if it is.",
          e);
    } catch (IOException e) {
      throw failure("no answer from " + registrar + ": " + e.getMessage(), "", e);
    }
  }

  private static CommandFailure failure(String what, String advice, IOException cause) {
    String hint =
        advice.isEmpty()
            ? " Start a registrar, or name its ENRP address: rserpool dump tcp://host:9901"
            : advice;
    return CommandFailure.failed(what + "." + hint, cause);
  }
}
