package io.rserpool.wire.capture;

import static io.rserpool.wire.capture.Traffic.A;
import static io.rserpool.wire.capture.Traffic.A6;
import static io.rserpool.wire.capture.Traffic.ANNOUNCE;
import static io.rserpool.wire.capture.Traffic.B;
import static io.rserpool.wire.capture.Traffic.B6;
import static io.rserpool.wire.capture.Traffic.MESSAGE;
import static io.rserpool.wire.capture.Traffic.concat;
import static io.rserpool.wire.capture.Traffic.read;
import static io.rserpool.wire.capture.Traffic.sctp;
import static io.rserpool.wire.capture.Traffic.tcp;
import static io.rserpool.wire.capture.Traffic.texts;
import static io.rserpool.wire.capture.Traffic.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.rserpool.protocol.Octets;
import io.rserpool.wire.Protocol;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Recordings of every make, with everything in them that goes wrong in networks.
class CaptureReaderTest {

  @Test
  void everyFileFormatGivesTheSameMessages() {
    List<byte[]> packets = List.of(sctp(1, 3, 11, MESSAGE), udp(ANNOUNCE));
    List<byte[]> files = new ArrayList<>();
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      files.add(Recordings.pcap(Recordings.RAW, order, false, packets));
      files.add(Recordings.pcap(Recordings.RAW, order, true, packets));
      files.add(Recordings.pcapng(Recordings.RAW, order, 6, packets));
      files.add(Recordings.pcapng(Recordings.RAW, order, 9, packets));
      files.add(Recordings.pcapng(Recordings.RAW, order, 3, packets));
    }
    for (byte[] file : files) {
      Capture.Recording recording = read(file);
      assertThat(recording.notes()).isEmpty();
      assertThat(recording.messages())
          .containsExactly(
              new CapturedMessage(
                  1,
                  Instant.ofEpochSecond(1000),
                  new Endpoint(A, 5000),
                  new Endpoint(B, 3863),
                  Carrier.SCTP,
                  Protocol.ASAP,
                  Octets.of(MESSAGE)),
              new CapturedMessage(
                  2,
                  Instant.ofEpochSecond(1000, 1_000_000),
                  new Endpoint(A, 4000),
                  new Endpoint(B, 3863),
                  Carrier.UDP,
                  Protocol.ASAP,
                  Octets.of(ANNOUNCE)));
    }
  }

  @Test
  void everyLinkTypeIsUnderstood() {
    byte[] v4 = udp(ANNOUNCE);
    byte[] v6 = Packets.ipv6(A6, B6, Packet.UDP, Packets.udp(4000, 3863, ANNOUNCE));
    for (boolean four : new boolean[] {true, false}) {
      byte[] ip = four ? v4 : v6;
      String ethertype = four ? "0800" : "86dd";
      assertThat(count(1, "00".repeat(12) + ethertype, ip)).isOne();
      assertThat(count(1, "00".repeat(12) + "81000001" + ethertype, ip)).isOne();
      assertThat(count(113, "00".repeat(14) + ethertype, ip)).isOne();
      assertThat(count(276, ethertype + "00".repeat(18), ip)).isOne();
      assertThat(count(0, four ? "02000000" : "1e000000", ip)).isOne();
      assertThat(count(108, four ? "00000002" : "0000001e", ip)).isOne();
      assertThat(count(101, "", ip)).isOne();
      assertThat(count(228, "", ip)).isOne();
    }
    assertThat(count(1, "00".repeat(12) + "0806", v4)).isZero();
    assertThat(texts(read(Recordings.pcap(147, ByteOrder.BIG_ENDIAN, false, List.of(v4, v4)))))
        .containsExactly("link type 147 is unknown; its packets are passed over");
  }

  @Test
  void fragmentsOfAnSctpMessageAreJoinedInTsnOrder() {
    byte[] head = Arrays.copyOfRange(MESSAGE, 0, 8);
    byte[] middle = Arrays.copyOfRange(MESSAGE, 8, 12);
    byte[] tail = Arrays.copyOfRange(MESSAGE, 12, 16);
    Capture.Recording recording =
        read(
            Recordings.pcap(
                List.of(
                    sctp(-1, 0, 11, middle),
                    sctp(-1, 0, 11, middle),
                    sctp(0, 1, 11, tail),
                    sctp(-2, 2, 11, head))));
    assertThat(recording.messages())
        .extracting(CapturedMessage::bytes)
        .containsExactly(Octets.of(MESSAGE));
    assertThat(recording.messages().getFirst().frame()).isEqualTo(4);
  }

  @Test
  void aRetransmittedChunkCountsOnce() {
    List<byte[]> packets = List.of(sctp(7, 3, 11, MESSAGE), sctp(7, 3, 11, MESSAGE));
    assertThat(read(Recordings.pcap(packets)).messages()).hasSize(1);
  }

  @Test
  void thePayloadProtocolIdentifierTellsTheProtocol() {
    List<byte[]> packets =
        List.of(
            sctp(1, 3, 11, MESSAGE),
            sctp(2, 3, 12, MESSAGE),
            sctp(3, 3, 0, MESSAGE),
            sctp(4, 3, 0xfaeeb5d2, MESSAGE),
            sctp(5, 3, 34, MESSAGE));
    assertThat(read(Recordings.pcap(packets)).messages())
        .extracting(CapturedMessage::protocol)
        .containsExactly(Protocol.ASAP, Protocol.ENRP, Protocol.ASAP, Protocol.ENRP);
  }

  @Test
  void severalChunksInOnePacketAndInUdpAreRead() {
    byte[] sctp =
        Packets.sctp(
            5000,
            3863,
            1,
            new Packets.Data(1, 3, 11, MESSAGE),
            new Packets.Data(2, 7, 11, ANNOUNCE));
    byte[] encapsulated = Packets.ipv4(A, B, Packet.UDP, Packets.udp(9899, 9899, sctp));
    assertThat(read(Recordings.pcap(List.of(encapsulated))).messages()).hasSize(2);
  }

  @Test
  void aMissingFragmentIsNoted() {
    assertThat(texts(read(Recordings.pcap(List.of(sctp(1, 2, 11, MESSAGE))))))
        .containsExactly("an SCTP message from port 5000 to port 3863 is not recorded in full");
  }

  @Test
  void ipFragmentsAreNoted() {
    byte[] fragment = udp(ANNOUNCE);
    fragment[6] = 0x20;
    byte[] header = HexFormat.of().parseHex("1100000100000001");
    byte[] fragment6 = Packets.ipv6(A6, B6, 44, concat(header, Packets.udp(4000, 3863, ANNOUNCE)));
    assertThat(texts(read(Recordings.pcap(List.of(fragment, fragment6)))))
        .containsExactly(
            "an IPv4 fragment, not put together", "an IPv6 fragment, not put together");
  }

  @Test
  void ipv6ExtensionHeadersArePassedOver() {
    byte[] hop = HexFormat.of().parseHex("3c000104000000001100010400000000");
    byte[] packet = Packets.ipv6(A6, B6, 0, concat(hop, Packets.udp(4000, 3863, ANNOUNCE)));
    Capture.Recording recording = read(Recordings.pcap(List.of(packet)));
    assertThat(recording.messages()).hasSize(1);
    assertThat(recording.messages().getFirst().source()).hasToString("[2001:db8::1]:4000");
  }

  @Test
  void otherPortsCanBeNamed() {
    byte[] file =
        Recordings.pcap(List.of(Packets.ipv4(A, B, Packet.UDP, Packets.udp(4000, 7000, ANNOUNCE))));
    assertThat(read(file).messages()).isEmpty();
    CaptureReader reader = new CaptureReader(new CapturePorts(List.of(), List.of(7000)));
    assertThat(((Capture.Recording) reader.read(file)).messages())
        .extracting(CapturedMessage::protocol)
        .containsExactly(Protocol.ENRP);
  }

  @Test
  void aFileThatIsNoRecordingIsDescribed() {
    CaptureReader reader = new CaptureReader(CapturePorts.defaults());
    assertThat(reader.read(new byte[3]))
        .hasToString(
            "Unreadable[text=a recording starts with one of a1b2c3d4, a1b23c4d (pcap, either byte"
                + " order) and 0a0d0d0a (pcapng), but this file has 3 bytes]");
    assertThat(reader.read(new byte[100])).isInstanceOf(Capture.Unreadable.class);
  }

  @Test
  void aFileThatEndsEarlyGivesWhatItHas() {
    byte[] file = Recordings.pcap(List.of(udp(ANNOUNCE), udp(ANNOUNCE)));
    Capture.Recording recording = read(Arrays.copyOf(file, file.length - 1));
    assertThat(recording.messages()).hasSize(1);
    assertThat(texts(recording)).containsExactly("the file ends within a packet of 36 bytes");
  }

  @Test
  void anyBitOfAFileMayBeWrong() throws IOException {
    byte[] whole = RsplibCapturesTest.bytes("rsplib-asap-basic.pcap");
    List<byte[]> packets = List.of(sctp(1, 2, 11, MESSAGE), udp(ANNOUNCE), tcp(1, false, MESSAGE));
    List<byte[]> files =
        List.of(
            Arrays.copyOf(whole, 600),
            Recordings.pcap(packets),
            Recordings.pcapng(1, ByteOrder.BIG_ENDIAN, 9, packets),
            Recordings.pcapng(Recordings.RAW, ByteOrder.LITTLE_ENDIAN, 6, packets));
    CaptureReader reader = new CaptureReader(CapturePorts.defaults());
    for (byte[] file : files) {
      for (int bit = 0; bit < file.length * 8; bit++) {
        byte[] flipped = file.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        assertThatCode(() -> reader.read(flipped)).as("bit %d", bit).doesNotThrowAnyException();
      }
      for (int size = 0; size < file.length; size++) {
        byte[] cut = Arrays.copyOf(file, size);
        assertThatCode(() -> reader.read(cut)).as("size %d", size).doesNotThrowAnyException();
      }
    }
  }

  private static int count(int linkType, String header, byte[] ip) {
    byte[] packet = concat(HexFormat.of().parseHex(header), ip);
    return read(Recordings.pcap(linkType, ByteOrder.BIG_ENDIAN, false, List.of(packet)))
        .messages()
        .size();
  }
}
