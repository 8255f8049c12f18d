package io.rserpool.wire.capture;

import static io.rserpool.wire.capture.Traffic.A;
import static io.rserpool.wire.capture.Traffic.ANNOUNCE;
import static io.rserpool.wire.capture.Traffic.B;
import static io.rserpool.wire.capture.Traffic.MESSAGE;
import static io.rserpool.wire.capture.Traffic.read;
import static io.rserpool.wire.capture.Traffic.tcp;
import static io.rserpool.wire.capture.Traffic.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Octets;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.MessageGenerator;
import io.rserpool.wire.Seeds;
import io.rserpool.wire.WireForm;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Messages in recorded TCP connections, whose segments come in any order or not at all.
class TcpStreamTest {

  @Test
  void aTcpStreamIsReadInOrderHoweverItsSegmentsCome() {
    Seeds.each(
        30,
        "wire",
        TcpStreamTest.class,
        random -> {
          MessageGenerator generator = new MessageGenerator(random, WireForm.STANDARD);
          List<Octets> sent = new ArrayList<>();
          ByteBuffer stream = ByteBuffer.allocate(1 << 20);
          for (int i = 0; i < 10; i++) {
            byte[] bytes = new AsapCodec(WireForm.STANDARD).encode(generator.asap());
            sent.add(Octets.of(bytes));
            stream.put(bytes);
          }
          int isn = random.nextInt();
          List<byte[]> segments = new ArrayList<>();
          for (int from = 0; from < stream.position(); ) {
            int to = Math.min(stream.position(), from + random.nextInt(1, 200));
            byte[] piece = Arrays.copyOfRange(stream.array(), from, to);
            segments.add(Packets.tcp(5000, 3863, isn + 1 + from, false, piece));
            from = Math.max(from + 1, to - random.nextInt(3));
          }
          for (int from = 0; from < segments.size(); from += 20) {
            Collections.shuffle(
                segments.subList(from, Math.min(from + 20, segments.size())),
                new Random(random.nextLong()));
          }
          segments.addFirst(Packets.tcp(5000, 3863, isn, true, new byte[0]));
          Capture.Recording recording =
              read(
                  Recordings.pcap(
                      segments.stream().map(s -> Packets.ipv4(A, B, Packet.TCP, s)).toList()));
          assertThat(recording.notes()).isEmpty();
          assertThat(recording.messages()).extracting(CapturedMessage::bytes).isEqualTo(sent);
        });
  }

  @Test
  void aGapInATcpStreamIsNotedAndReadingGoesOnBehindIt() {
    List<byte[]> packets = new ArrayList<>();
    packets.add(tcp(0, true, new byte[0]));
    for (int i = 1; i <= 70; i++) {
      packets.add(tcp(1 + 16 * i, false, MESSAGE));
    }
    Capture.Recording recording = read(Recordings.pcap(packets));
    assertThat(texts(recording))
        .singleElement()
        .asString()
        .endsWith("16 bytes of the TCP stream are missing");
    assertThat(recording.messages()).hasSize(70);
  }

  @Test
  void aTcpStreamThatIsNotOursIsGivenUp() {
    Capture.Recording recording =
        read(
            Recordings.pcap(
                List.of(
                    tcp(0, true, new byte[0]),
                    tcp(1, false, new byte[] {1, 2, 0, 3, 5, 6, 7}),
                    tcp(8, false, MESSAGE))));
    assertThat(recording.messages()).isEmpty();
    assertThat(texts(recording)).singleElement().asString().contains("no message starts here");
  }

  @Test
  void aTcpConnectionJoinedInItsMiddleOrEndingWithinAMessageIsNoted() {
    Capture.Recording recording =
        read(
            Recordings.pcap(
                List.of(
                    tcp(1, false, MESSAGE),
                    tcp(17, false, ANNOUNCE),
                    tcp(25, false, new byte[3]))));
    assertThat(recording.messages()).hasSize(2);
    assertThat(texts(recording))
        .containsExactly(
            "192.0.2.1:5000 to 192.0.2.2:3863: the start of the TCP connection is not recorded",
            "192.0.2.1:5000 to 192.0.2.2:3863: the recording ends within a message");
  }
}
