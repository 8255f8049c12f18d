package io.rserpool.wire.capture;

import java.time.Instant;
import java.util.Optional;

/// The classic recording: a file header, then one header and the bytes of each packet, in either
/// byte order, with time stamps in micro- or nanoseconds.
///
///    +-------------------------------+
///    |  Magic, version, 8 bytes,     |  24 bytes
///    |  longest packet, link type    |
///    +-------------------------------+  --+
///    |  seconds, fraction,           |    | 16 bytes
///    |  recorded size, real size     |    | for each packet
///    +-------------------------------+    |
///    :  packet                       :    |
///    +-------------------------------+  --+
final class PcapFile {

  private static final int FILE_HEADER_SIZE = 24;
  private static final int PACKET_HEADER_SIZE = 16;
  private static final int MICROS = 0xa1b2c3d4;
  private static final int NANOS = 0xa1b23c4d;

  private final FileBytes bytes;
  private final boolean nanos;

  private PcapFile(FileBytes bytes, boolean nanos) {
    this.bytes = bytes;
    this.nanos = nanos;
  }

  /// The file, if it starts as one.
  static Optional<PcapFile> open(Slice file) {
    if (file.size() < FILE_HEADER_SIZE) {
      return Optional.empty();
    }
    int magic = file.i32(0);
    int other = Integer.reverseBytes(magic);
    if (magic == MICROS || magic == NANOS) {
      return Optional.of(new PcapFile(new FileBytes(file, false), magic == NANOS));
    }
    if (other == MICROS || other == NANOS) {
      return Optional.of(new PcapFile(new FileBytes(file, true), other == NANOS));
    }
    return Optional.empty();
  }

  /// Hands every packet on.
  void read(Analysis analysis) {
    int linkType = bytes.i32(20) & 0xffff;
    int at = FILE_HEADER_SIZE;
    int size = bytes.slice().size();
    while (size - at >= PACKET_HEADER_SIZE) {
      long recorded = bytes.u32(at + 8);
      if (recorded > size - at - PACKET_HEADER_SIZE) {
        analysis.fileNote("the file ends within a packet of " + recorded + " bytes");
        return;
      }
      long fraction = bytes.u32(at + 4);
      Instant time = Moment.of(bytes.u32(at), nanos ? fraction : fraction * 1000);
      analysis.packet(linkType, time, bytes.slice().cut(at + PACKET_HEADER_SIZE, (int) recorded));
      at += PACKET_HEADER_SIZE + (int) recorded;
    }
    if (at < size) {
      analysis.fileNote("the file ends within a packet header");
    }
  }
}
