package io.rserpool.cli.decode;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.ProfileConverter;
import io.rserpool.protocol.Profile;
import io.rserpool.wire.Protocol;
import io.rserpool.wire.WireForm;
import io.rserpool.wire.capture.Capture;
import io.rserpool.wire.capture.CaptureReader;
import io.rserpool.wire.capture.CapturedMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows what is in ASAP and ENRP messages.
@Command(
    name = "decode",
    header = "Show what ASAP and ENRP messages say.",
    description =
        "Reads one message from hexadecimal digits on the command line, one a line from standard"
            + " input, or all messages in a recording of network traffic (pcap or pcapng), and"
            + " prints each parameter with its offset, what is wrong with it and what would be"
            + " reported to its sender. A line that is empty or starts with # is passed over.",
    exitCodeList = {
      "0:all messages are acceptable",
      "1:at least one is not",
      "2:a mistake on the command line or in the digits"
    },
    footer = {
      "",
      "Examples:",
      "  rserpool decode 05000010 0009000c 4563686f 506f6f6c",
      "  rserpool decode --protocol enrp 02:01:00:0c:1a:2b:3c:4d:5e:6f:70:81",
      "  rserpool decode traffic.pcapng --port asap=7000 --json"
    })
public final class DecodeCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "HEX|FILE",
      arity = "0..*",
      description =
          "One message in hexadecimal digits, or a recording;" + " - or nothing: standard input.")
  private List<String> arguments = new ArrayList<>();

  @Option(names = "--file", paramLabel = "FILE", description = "A recording to read.")
  private @Nullable Path file;

  @Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      defaultValue = "asap",
      description =
          "What hexadecimal digits are: asap (the default) or enrp."
              + " Recordings tell it themselves.")
  private Protocol protocol = Protocol.ASAP;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      converter = ProfileConverter.class,
      completionCandidates = ProfileConverter.Names.class,
      defaultValue = "standard",
      description = "Whose form the messages have: standard (the default), rfc or rsplib.")
  private Profile profile = Profile.STANDARD;

  @Option(
      names = "--port",
      paramLabel = "PROTOCOL=PORT",
      converter = ProtocolPort.Converter.class,
      description = "In recordings, another port than 3863 (asap) or 9901 (enrp); may be repeated.")
  private List<ProtocolPort> ports = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON object a line for each message.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final InputStream in;
  private boolean faulty;

  /// For the command line.
  public DecodeCommand() {
    this(System.in);
  }

  /// @param in what stands for standard input
  DecodeCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Printer printer = json ? new JsonPrinter(out) : new TextPrinter(out);
    Path recording = recording();
    if (recording != null) {
      decodeRecording(recording, printer, out);
    } else if (arguments.isEmpty() || arguments.equals(List.of("-"))) {
      decodeLines(printer, out);
    } else {
      print(HexText.parse(String.join(" ", arguments), "message"), printer);
    }
    out.flush();
    return faulty ? ExitCode.FAILED : ExitCode.OK;
  }

  /// The recording that is named by option, or by the only argument if there is such a file.
  private @Nullable Path recording() {
    if (file != null && !arguments.isEmpty()) {
      throw CommandFailure.mistaken("either --file or arguments expected, but there are both");
    }
    if (file != null || arguments.size() != 1) {
      return file;
    }
    try {
      Path path = Path.of(arguments.getFirst());
      return Files.isRegularFile(path) ? path : null;
    } catch (InvalidPathException _) {
      return null;
    }
  }

  private void decodeRecording(Path path, Printer printer, PrintWriter out) {
    switch (new CaptureReader(ProtocolPort.ports(ports)).read(read(path))) {
      case Capture.Unreadable unreadable ->
          throw CommandFailure.failed(path + ": " + unreadable.text());
      case Capture.Recording recording -> {
        for (CapturedMessage message : recording.messages()) {
          if (out.checkError()) {
            return;
          }
          Decoding decoding = decode(message.protocol(), message.bytes().toBytes());
          printer.message(message, decoding);
        }
        recording.notes().forEach(printer::note);
      }
    }
  }

  private void decodeLines(Printer printer, PrintWriter out) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (out.checkError()) {
          return;
        }
        if (!line.isBlank() && !line.startsWith("#")) {
          print(HexText.parse(line, "line " + number), printer);
        }
      }
    } catch (IOException e) {
      throw CommandFailure.failed("standard input cannot be read: " + e.getMessage(), e);
    }
  }

  private void print(byte[] bytes, Printer printer) {
    printer.message(decode(protocol, bytes));
  }

  private Decoding decode(Protocol spoken, byte[] bytes) {
    Decoding decoding = Decoding.of(spoken, bytes, WireForm.of(profile));
    faulty |= decoding.isFault();
    return decoding;
  }

  private static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException | UncheckedIOException e) {
      throw CommandFailure.mistaken("the file " + path + " cannot be read: " + e, e);
    }
  }
}
