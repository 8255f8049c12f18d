package io.rserpool.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapType;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpType;
import io.rserpool.wire.capture.Packets;
import io.rserpool.wire.capture.Recordings;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Wireshark, the work of others, finds in our messages: every field, with the bytes we meant,
/// and nothing to complain about.
@Tag("tshark")
class TsharkTest {

  private static final int MESSAGES_OF_EACH_TYPE = 20;
  private static final IpAddress HERE = new IpAddress.V4(0xc0000201);
  private static final IpAddress THERE = new IpAddress.V4(0xc0000202);

  /// Fields that say nothing about content: lengths, padding, and flag bits that are in the flags.
  private static final List<String> PASSED_OVER = List.of("_length", "_padding", "_bit");

  @TempDir private Path directory;

  private final List<byte[]> packets = new ArrayList<>();
  private final List<List<String>> expected = new ArrayList<>();

  @Test
  void wiresharkFindsEveryFieldOfEveryMessageAndComplainsOfNothing()
      throws IOException, InterruptedException, XMLStreamException {
    requireTshark();
    long seed = Seeds.first();
    MessageGenerator generator =
        new MessageGenerator(new SplittableRandom(seed), WireForm.STANDARD);
    for (int i = 0; i < MESSAGES_OF_EACH_TYPE; i++) {
      for (AsapType type : AsapType.values()) {
        AsapMessage message = generator.asap(type);
        expected.add(TsharkMessages.fields(message));
        add(Protocol.ASAP, new AsapCodec(WireForm.STANDARD).encode(message));
      }
      for (EnrpType type : EnrpType.values()) {
        EnrpMessage message = generator.enrp(type);
        expected.add(TsharkMessages.fields(message));
        add(Protocol.ENRP, new EnrpCodec(WireForm.STANDARD).encode(message));
      }
    }
    List<List<String>> found = dissect();
    assertThat(found).hasSameSizeAs(expected);
    for (int frame = 0; frame < found.size(); frame++) {
      assertThat(found.get(frame))
          .as("frame %d; %s", frame + 1, Seeds.replay(seed, "wire", TsharkTest.class))
          .isEqualTo(expected.get(frame));
    }
  }

  private static void requireTshark() {
    boolean present =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tshark")));
    if (!present && "1".equals(System.getenv("RSERPOOL_REQUIRE_TSHARK"))) {
      fail("tshark is not installed, but RSERPOOL_REQUIRE_TSHARK=1 asks for it");
    }
    assumeTrue(present, "tshark is not installed: no comparison with Wireshark");
  }

  private void add(Protocol protocol, byte[] message) {
    Packets.Data chunk = new Packets.Data(packets.size() + 1, 3, protocol.ppid(), message);
    packets.add(
        Packets.ipv4(HERE, THERE, 132, Packets.sctp(50_000, protocol.port(), 0x1234, chunk)));
  }

  private List<List<String>> dissect()
      throws IOException, InterruptedException, XMLStreamException {
    Path recording = directory.resolve("messages.pcap");
    Path pdml = directory.resolve("messages.pdml");
    Files.write(recording, Recordings.pcap(packets));
    Process tshark =
        new ProcessBuilder(
                "tshark",
                "-n",
                "-r",
                recording.toString(),
                "-T",
                "pdml",
                "-o",
                "sctp.checksum:TRUE")
            .redirectOutput(pdml.toFile())
            .redirectError(directory.resolve("errors").toFile())
            .start();
    assertThat(tshark.waitFor()).as(() -> errors()).isZero();
    try (InputStream in = Files.newInputStream(pdml)) {
      return fields(XMLInputFactory.newInstance().createXMLStreamReader(in));
    }
  }

  private String errors() {
    try {
      return Files.readString(directory.resolve("errors"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /// The fields of our protocols, for each packet; complaints are fields, too.
  private static List<List<String>> fields(XMLStreamReader xml) throws XMLStreamException {
    List<List<String>> packets = new ArrayList<>();
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      if (xml.getLocalName().equals("packet")) {
        packets.add(new ArrayList<>());
        continue;
      }
      String name = xml.getAttributeValue(null, "name");
      if (name == null) {
        continue;
      }
      boolean ours = name.startsWith("asap.") || name.startsWith("enrp.");
      if (ours && PASSED_OVER.stream().noneMatch(name::endsWith)) {
        packets.getLast().add(name.substring(5) + "=" + xml.getAttributeValue(null, "value"));
      } else if (name.startsWith("_ws.malformed") || name.startsWith("_ws.expert")) {
        packets.getLast().add(name + " " + xml.getAttributeValue(null, "showname"));
      }
    }
    return packets;
  }
}
