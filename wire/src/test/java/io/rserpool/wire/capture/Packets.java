package io.rserpool.wire.capture;

import io.rserpool.protocol.IpAddress;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Builds IP packets with correct lengths and checksums, to be put into recordings.
public final class Packets {

  private Packets() {}

  /// One SCTP DATA chunk.
  ///
  /// @param flags 3 for a whole message, 2 for its first fragment, 1 for its last, 0 in between
  public record Data(int tsn, int flags, int ppid, byte[] bytes) {}

  /// An IPv4 packet.
  public static byte[] ipv4(IpAddress from, IpAddress to, int protocol, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(20 + payload.length);
    out.put((byte) 0x45).put((byte) 0).putShort((short) out.capacity()).putInt(0);
    out.put((byte) 64).put((byte) protocol).putShort((short) 0);
    out.put(from.toBytes()).put(to.toBytes());
    out.putShort(10, (short) internetChecksum(out.array(), 20));
    return out.put(payload).array();
  }

  /// An IPv6 packet.
  public static byte[] ipv6(IpAddress from, IpAddress to, int protocol, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(40 + payload.length);
    out.putInt(0x6000_0000).putShort((short) payload.length).put((byte) protocol).put((byte) 64);
    return out.put(from.toBytes()).put(to.toBytes()).put(payload).array();
  }

  /// An SCTP packet with DATA chunks.
  public static byte[] sctp(int fromPort, int toPort, int tag, Data... chunks) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Data chunk : chunks) {
      int length = 16 + chunk.bytes.length;
      ByteBuffer out = ByteBuffer.allocate((length + 3) & ~3);
      out.put((byte) 0).put((byte) chunk.flags).putShort((short) length);
      out.putInt(chunk.tsn).putInt(0).putInt(chunk.ppid).put(chunk.bytes);
      body.writeBytes(out.array());
    }
    ByteBuffer out = ByteBuffer.allocate(12 + body.size());
    out.putShort((short) fromPort).putShort((short) toPort).putInt(tag).putInt(0);
    out.put(body.toByteArray());
    CRC32C crc = new CRC32C();
    crc.update(out.array());
    out.putInt(8, Integer.reverseBytes((int) crc.getValue()));
    return out.array();
  }

  /// A TCP segment; its checksum is left out.
  public static byte[] tcp(int fromPort, int toPort, int sequence, boolean syn, byte[] bytes) {
    ByteBuffer out = ByteBuffer.allocate(20 + bytes.length);
    out.putShort((short) fromPort).putShort((short) toPort).putInt(sequence).putInt(0);
    out.put((byte) 0x50).put((byte) (syn ? 0x02 : 0x18)).putShort((short) 0xffff).putInt(0);
    return out.put(bytes).array();
  }

  /// A UDP datagram without checksum.
  public static byte[] udp(int fromPort, int toPort, byte[] bytes) {
    ByteBuffer out = ByteBuffer.allocate(8 + bytes.length);
    out.putShort((short) fromPort).putShort((short) toPort);
    out.putShort((short) out.capacity()).putShort((short) 0);
    return out.put(bytes).array();
  }

  private static int internetChecksum(byte[] bytes, int size) {
    int sum = 0;
    for (int at = 0; at < size; at += 2) {
      sum += ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return ~sum & 0xffff;
  }
}
