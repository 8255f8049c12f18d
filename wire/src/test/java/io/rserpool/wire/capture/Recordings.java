package io.rserpool.wire.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Builds recordings from packets, one packet each millisecond from second 1000 on.
// Every buffer here is made by allocate, a few lines further down than Error Prone looks.
@SuppressWarnings("ByteBufferBackingArray")
public final class Recordings {

  /// The link type of plain IP packets.
  public static final int RAW = 101;

  private Recordings() {}

  /// A classic recording of plain IP packets.
  public static byte[] pcap(List<byte[]> packets) {
    return pcap(RAW, ByteOrder.LITTLE_ENDIAN, false, packets);
  }

  /// A classic recording.
  public static byte[] pcap(int linkType, ByteOrder order, boolean nanos, List<byte[]> packets) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(
        buffer(24, order)
            .putInt(nanos ? 0xa1b23c4d : 0xa1b2c3d4)
            .putShort((short) 2)
            .putShort((short) 4)
            .putLong(0)
            .putInt(0x40000)
            .putInt(linkType)
            .array());
    int number = 0;
    for (byte[] packet : packets) {
      int fraction = number * (nanos ? 1_000_000 : 1_000);
      file.writeBytes(
          buffer(16, order)
              .putInt(1000 + number / 1000)
              .putInt(fraction % (nanos ? 1_000_000_000 : 1_000_000))
              .putInt(packet.length)
              .putInt(packet.length)
              .array());
      file.writeBytes(packet);
      number++;
    }
    return file.toByteArray();
  }

  /// A newer recording with enhanced packet blocks.
  ///
  /// @param resolution units of a second as a power of ten
  public static byte[] pcapng(int linkType, ByteOrder order, int resolution, List<byte[]> packets) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    block(
        file,
        order,
        0x0a0d0d0a,
        buffer(16, order).putInt(0x1a2b3c4d).putInt(1).putLong(-1).array());
    ByteBuffer description = buffer(20, order).putShort((short) linkType).putShort((short) 0);
    description.putInt(0x40000).putShort((short) 9).putShort((short) 1);
    description.put((byte) resolution).put(new byte[3]).putInt(0);
    block(file, order, 1, description.array());
    long second = Math.round(Math.pow(10, resolution));
    for (int number = 0; number < packets.size(); number++) {
      byte[] packet = packets.get(number);
      long time = 1000 * second + number * second / 1000;
      ByteBuffer body = buffer(20 + ((packet.length + 3) & ~3), order);
      body.putInt(0).putInt((int) (time >>> 32)).putInt((int) time);
      body.putInt(packet.length).putInt(packet.length).put(packet);
      block(file, order, 6, body.array());
    }
    return file.toByteArray();
  }

  private static void block(ByteArrayOutputStream file, ByteOrder order, int type, byte[] body) {
    int size = 12 + body.length;
    file.writeBytes(buffer(8, order).putInt(type).putInt(size).array());
    file.writeBytes(body);
    file.writeBytes(buffer(4, order).putInt(size).array());
  }

  private static ByteBuffer buffer(int size, ByteOrder order) {
    return ByteBuffer.allocate(size).order(order);
  }
}
