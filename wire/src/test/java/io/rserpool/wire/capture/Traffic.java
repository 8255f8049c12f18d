package io.rserpool.wire.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.IpAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// The packets and helpers that the tests of recordings share.
final class Traffic {

  static final IpAddress A = new IpAddress.V4(0xc0000201);
  static final IpAddress B = new IpAddress.V4(0xc0000202);
  static final IpAddress A6 = new IpAddress.V6(0x2001_0db8_0000_0000L, 1);
  static final IpAddress B6 = new IpAddress.V6(0x2001_0db8_0000_0000L, 2);
  static final byte[] MESSAGE = HexFormat.of().parseHex("050000100009000c4563686f506f6f6c");
  static final byte[] ANNOUNCE = HexFormat.of().parseHex("0a0000081a2b3c4d");

  private Traffic() {}

  static List<String> texts(Capture.Recording recording) {
    return recording.notes().stream().map(CaptureNote::text).toList();
  }

  static Capture.Recording read(byte[] file) {
    Capture capture = new CaptureReader(CapturePorts.defaults()).read(file);
    assertThat(capture).isInstanceOf(Capture.Recording.class);
    return (Capture.Recording) capture;
  }

  static byte[] sctp(int tsn, int flags, int ppid, byte[] bytes) {
    return Packets.ipv4(
        A, B, Packet.SCTP, Packets.sctp(5000, 3863, 77, new Packets.Data(tsn, flags, ppid, bytes)));
  }

  static byte[] udp(byte[] bytes) {
    return Packets.ipv4(A, B, Packet.UDP, Packets.udp(4000, 3863, bytes));
  }

  static byte[] tcp(int sequence, boolean syn, byte[] bytes) {
    return Packets.ipv4(A, B, Packet.TCP, Packets.tcp(5000, 3863, sequence, syn, bytes));
  }

  static byte[] concat(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }
}
