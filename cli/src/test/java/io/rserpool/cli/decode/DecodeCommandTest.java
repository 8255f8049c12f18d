package io.rserpool.cli.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What the command prints, and how it ends.
class DecodeCommandTest {

  private static final String RESOLUTION = "050000100009000c4563686f506f6f6c";

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aMessageIsShownAsATree() {
    assertThat(
            run(
                "0100003c0009000c4563686f506f6f6c000a002c12345678000000000000012c"
                    + "000400101e61000100010008c000020a0008000c4000000140000000"))
        .isEqualTo(ExitCode.OK);
    assertThat(out)
        .hasToString(
            """
            ASAP_REGISTRATION  60 bytes  type 1  flags none
              0004  Pool Handle  handle EchoPool  size 8
              0010  Pool Element  elementId 0x12345678  homeId 0x00000000  registrationLife 300
                0020  SCTP Transport  port 7777  transportUse DATA_PLUS_CONTROL
                  0028  IPv4 Address  address 192.0.2.10
                0030  Pool Member Selection Policy  policy LU  type 0x40000001  load 1073741824
              written again: the same bytes

            """);
  }

  @Test
  void digitsMayBeSeparatedAsPeopleCopyThem() {
    assertThat(run("05", "00", "00:10", "0x0009000c", "4563686f 506F6F6C")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("ASAP_HANDLE_RESOLUTION  16 bytes");
  }

  @Test
  void theProtocolIsChosen() {
    assertThat(run("--protocol", "enrp", "0201000c1a2b3c4d5e6f7081")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .startsWith(
            "ENRP_HANDLE_TABLE_REQUEST  12 bytes  type 2  flags W(own-children-only)"
                + "  sender 0x1a2b3c4d  receiver 0x5e6f7081");
  }

  @Test
  void aFaultIsShownWithWhatIsReported() {
    assertThat(run("050000184abc0008010203040009000c4563686f506f6f6c")).isEqualTo(ExitCode.FAILED);
    assertThat(out)
        .hasToString(
            """
            ASAP_HANDLE_RESOLUTION  24 bytes  type 5  flags none
              0004  unknown parameter 0x4abc  value 01020304  size 4
              000c  Pool Handle  handle EchoPool  size 8
              fault at 0004: parameter 0x4abc is unknown, and its type says to drop \
            the message (UNKNOWN_PARAMETER)
              offending: 4abc000801020304
              to be reported: Unrecognized Parameter (0x4abc000801020304)
              written again: nothing, since it is not acceptable

            """);
  }

  @Test
  void aSkippedParameterAndCountedPaddingAreTold() {
    run("050000188abc0008010203040009000c4563686f506f6f6c");
    assertThat(out.toString()).contains("skipped at 0004: unknown parameter 0x8abc", "other bytes");
    run("0b000010000d000b0102030405060700");
    assertThat(out.toString()).contains("the same bytes, if Lengths count the last padding");
  }

  @Test
  void causesAreShownWithWhatTheyAreAbout() {
    run("0301002c0009000c4563686f506f6f6c000e000812345678000c0014000500100008000c000000020000000a");
    assertThat(out.toString())
        .contains(
            "flags R(rejected)",
            """
              0018  Operation Error
                001c  Inconsistent Pooling Policy  code 5
                  0020  Pool Member Selection Policy  policy WRR  type 0x00000002  weight 10
            """);
  }

  @Test
  void linesOfStandardInputAreMessages() {
    String lines = "# two messages\n" + RESOLUTION + "\n\n05 00\n";
    assertThat(runWithInput(lines, "-")).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString())
        .contains(
            "ASAP_HANDLE_RESOLUTION  16 bytes", "a message has 4 bytes or more, but this has 2");
  }

  @Test
  void badDigitsAreAMistakeOfTheUser() {
    assertThat(run("0500zz")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("message, column 5: a hexadecimal digit expected, but there is 'z'");
    assertThat(runWithInput(RESOLUTION + "\n050\n")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("line 2: hexadecimal digits come in pairs, but the last one is alone");
    assertThat(run("--port", "asap=0", "00")).isEqualTo(ExitCode.USAGE);
    assertThat(run("--file", "nowhere.pcap")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void jsonSaysTheSame() {
    run("--json", "05010018 0009000c4563686f506f6f6c 803f000800000003");
    assertThat(out)
        .hasToString(
            """
            {"protocol":"ASAP","size":24,"message":{"offset":0,"name":"ASAP_HANDLE_RESOLUTION",\
            "type":5,"flags":"S(send-updates)","parameters":[{"offset":4,"name":"Pool Handle",\
            "handle":"EchoPool","size":8},{"offset":16,\
            "name":"Handle Resolution Option","items":3}]},"writtenAgain":"same"}
            """);
  }

  @Test
  void aRecordingIsReadFromAFile() throws IOException {
    Path file = directory.resolve("traffic.pcap");
    Files.write(file, recording());
    assertThat(run(file.toString())).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .startsWith(
            """
            frame 1  1970-01-01T00:16:40Z  192.0.2.1:4000 > 192.0.2.2:3863  UDP
            ASAP_SERVER_ANNOUNCE  8 bytes  type 10  flags none  serverId 0x1a2b3c4d
            """);
    out.getBuffer().setLength(0);
    assertThat(run("--file", file.toString(), "--json", "--port", "asap=7000"))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aFileThatIsNoRecordingIsTold() throws IOException {
    Path file = directory.resolve("text");
    Files.writeString(file, "no recording at all");
    assertThat(run("--file", file.toString())).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("a recording starts with");
  }

  @Test
  void aBrokenPipeEndsTheCommandQuietly() {
    Writer broken =
        new Writer() {
          @Override
          public void write(char[] chars, int offset, int length) throws IOException {
            throw new IOException("Broken pipe");
          }

          @Override
          public void flush() throws IOException {
            throw new IOException("Broken pipe");
          }

          @Override
          public void close() {}
        };
    String endless = (RESOLUTION + "\n").repeat(100);
    CommandLine command = command(new ByteArrayInputStream(bytes(endless)));
    assertThat(command.setOut(new PrintWriter(broken)).execute()).isEqualTo(ExitCode.OK);
    assertThat(err.toString()).isEmpty();
  }

  private int run(String... arguments) {
    return runWithInput("", arguments);
  }

  private int runWithInput(String input, String... arguments) {
    return command(new ByteArrayInputStream(bytes(input))).execute(arguments);
  }

  private CommandLine command(InputStream in) {
    return new CommandLine(new DecodeCommand(in))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .setExecutionExceptionHandler((failure, _, _) -> {
          err.write(failure.getMessage());
          return failure instanceof CommandFailure known ? known.exitCode() : 70;
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// A pcap file with one announcement.
  private static byte[] recording() {
    byte[] packet =
        HexFormat.of()
            .parseHex(
                "450000240000000040110000c0000201c0000202"
                    + "0fa00f1700100000"
                    + "0a0000081a2b3c4d");
    ByteBuffer file = ByteBuffer.allocate(24 + 16 + packet.length).order(ByteOrder.BIG_ENDIAN);
    file.putInt(0xa1b2c3d4).putInt(0x0002_0004).putLong(0).putInt(65_535).putInt(101);
    file.putInt(1000).putInt(0).putInt(packet.length).putInt(packet.length).put(packet);
    return file.array();
  }
}
