package io.rserpool.wire.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Octets;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.WireForm;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Recordings of rsplib 3.4.4 at work: everything in them is read, counted as Wireshark counts it,
/// and written again to the same bytes. No peculiarity of rsplib is lost in these recordings.
class RsplibCapturesTest {

  @Test
  void theAsapRecordingIsReadWhole() throws IOException {
    Capture.Recording recording = read("rsplib-asap-basic.pcap");
    assertThat(recording.frames()).isEqualTo(512);
    assertThat(recording.notes()).isEmpty();
    assertThat(counts(recording))
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("ASAP_REGISTRATION", 30),
                    Map.entry("ASAP_REGISTRATION_RESPONSE", 30),
                    Map.entry("ASAP_HANDLE_RESOLUTION", 10),
                    Map.entry("ASAP_HANDLE_RESOLUTION_RESPONSE", 10),
                    Map.entry("ASAP_ENDPOINT_KEEP_ALIVE", 25),
                    Map.entry("ASAP_ENDPOINT_KEEP_ALIVE_ACK", 25),
                    Map.entry("ASAP_ENDPOINT_UNREACHABLE", 3),
                    Map.entry("ASAP_DEREGISTRATION", 2),
                    Map.entry("ASAP_DEREGISTRATION_RESPONSE", 2),
                    Map.entry("ASAP_SERVER_ANNOUNCE", 84),
                    Map.entry("ENRP_PRESENCE", 43))));
  }

  @Test
  void theEnrpRecordingIsReadWhole() throws IOException {
    Capture.Recording recording = read("rsplib-enrp-basic.pcap");
    assertThat(recording.frames()).isEqualTo(370);
    assertThat(recording.notes()).isEmpty();
    assertThat(counts(recording))
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("ENRP_PRESENCE", 72),
                    Map.entry("ENRP_LIST_REQUEST", 4),
                    Map.entry("ENRP_LIST_RESPONSE", 3),
                    Map.entry("ENRP_HANDLE_TABLE_REQUEST", 2),
                    Map.entry("ENRP_HANDLE_TABLE_RESPONSE", 2),
                    Map.entry("ENRP_HANDLE_UPDATE", 12),
                    Map.entry("ASAP_REGISTRATION", 13),
                    Map.entry("ASAP_REGISTRATION_RESPONSE", 13),
                    Map.entry("ASAP_ENDPOINT_KEEP_ALIVE", 13),
                    Map.entry("ASAP_ENDPOINT_KEEP_ALIVE_ACK", 13),
                    Map.entry("ASAP_DEREGISTRATION", 2),
                    Map.entry("ASAP_DEREGISTRATION_RESPONSE", 2),
                    Map.entry("ASAP_SERVER_ANNOUNCE", 74))));
  }

  @Test
  void everyRecordedMessageIsWrittenToTheSameBytes() throws IOException {
    List<Integer> different = new ArrayList<>();
    for (String name : List.of("rsplib-asap-basic.pcap", "rsplib-enrp-basic.pcap")) {
      for (CapturedMessage message : read(name).messages()) {
        if (!encodeAgain(message).equals(message.bytes())) {
          different.add(message.frame());
        }
      }
    }
    assertThat(different).isEmpty();
  }

  @Test
  void framesAreNumberedAsWiresharkDoes() throws IOException {
    List<Integer> unreachable = new ArrayList<>();
    for (CapturedMessage message : read("rsplib-asap-basic.pcap").messages()) {
      if (nameOf(message).equals("ASAP_ENDPOINT_UNREACHABLE")) {
        unreachable.add(message.frame());
      }
    }
    assertThat(unreachable).containsExactly(435, 451, 458);
  }

  private static Map<String, Integer> counts(Capture.Recording recording) {
    Map<String, Integer> counts = new TreeMap<>();
    for (CapturedMessage message : recording.messages()) {
      counts.merge(nameOf(message), 1, Integer::sum);
    }
    return counts;
  }

  private static String nameOf(CapturedMessage message) {
    return switch (message.protocol()) {
      case ASAP -> asap(message).type().rfcName();
      case ENRP -> enrp(message).type().rfcName();
    };
  }

  private static Octets encodeAgain(CapturedMessage message) {
    byte[] bytes =
        switch (message.protocol()) {
          case ASAP -> new AsapCodec(WireForm.RSPLIB).encode(asap(message));
          case ENRP -> new EnrpCodec(WireForm.RSPLIB).encode(enrp(message));
        };
    return Octets.of(bytes);
  }

  private static AsapMessage asap(CapturedMessage message) {
    byte[] bytes = message.bytes().toBytes();
    Decoded<AsapMessage> decoded = new AsapCodec(WireForm.RSPLIB).decode(bytes, 0, bytes.length);
    assertThat(decoded).as("frame %d", message.frame()).isInstanceOf(Decoded.Message.class);
    assertThat(decoded.reports()).isEmpty();
    return ((Decoded.Message<AsapMessage>) decoded).message();
  }

  private static EnrpMessage enrp(CapturedMessage message) {
    byte[] bytes = message.bytes().toBytes();
    Decoded<EnrpMessage> decoded = new EnrpCodec(WireForm.RSPLIB).decode(bytes, 0, bytes.length);
    assertThat(decoded).as("frame %d", message.frame()).isInstanceOf(Decoded.Message.class);
    assertThat(decoded.reports()).isEmpty();
    return ((Decoded.Message<EnrpMessage>) decoded).message();
  }

  static Capture.Recording read(String name) throws IOException {
    Capture capture = new CaptureReader(CapturePorts.defaults()).read(bytes(name));
    assertThat(capture).isInstanceOf(Capture.Recording.class);
    return (Capture.Recording) capture;
  }

  static byte[] bytes(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RsplibCapturesTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }
}
