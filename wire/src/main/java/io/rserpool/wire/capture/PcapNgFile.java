package io.rserpool.wire.capture;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The newer recording: blocks, of which each section has its own byte order and interfaces.
///
///    +-------------------------------+
///    |  Block Type                   |
///    +-------------------------------+
///    |  Block Total Length           |
///    +-------------------------------+
///    :  Block Body, padded to 4      :
///    +-------------------------------+
///    |  Block Total Length           |
///    +-------------------------------+
final class PcapNgFile {

  private static final int SECTION_HEADER = 0x0a0d0d0a;
  private static final int INTERFACE = 1;
  private static final int OLD_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  private static final int BLOCK_OVERHEAD = 12;
  private static final int OPTION_RESOLUTION = 9;
  private static final int OPTION_OFFSET = 14;

  /// What a section says of one interface.
  private record Interface(int linkType, int resolution, long offset) {}

  private final Slice file;
  private final List<Interface> interfaces = new ArrayList<>();
  private FileBytes bytes;

  PcapNgFile(Slice file) {
    this.file = file;
    bytes = new FileBytes(file, false);
  }

  /// Whether the file starts with a section header.
  static boolean isOne(Slice file) {
    return file.size() >= BLOCK_OVERHEAD && file.i32(0) == SECTION_HEADER;
  }

  /// Hands every packet on.
  void read(Analysis analysis) {
    int at = 0;
    while (file.size() - at >= BLOCK_OVERHEAD) {
      if (file.i32(at) == SECTION_HEADER && !openSection(at)) {
        analysis.fileNote("the section header at offset " + at + " has no byte order");
        return;
      }
      long size = bytes.u32(at + 4);
      if (size < BLOCK_OVERHEAD || size > file.size() - at) {
        analysis.fileNote(
            "the block at offset "
                + at
                + " has size "
                + size
                + ", but "
                + BLOCK_OVERHEAD
                + " to "
                + (file.size() - at)
                + " fit");
        return;
      }
      block(bytes.i32(at), at + 8, (int) size - BLOCK_OVERHEAD, analysis);
      at += ((int) size + 3) & ~3;
    }
    if (at < file.size()) {
      analysis.fileNote("the file ends within a block header");
    }
  }

  private boolean openSection(int at) {
    int magic = file.i32(at + 8);
    bytes = new FileBytes(file, magic != BYTE_ORDER_MAGIC);
    interfaces.clear();
    return magic == BYTE_ORDER_MAGIC || Integer.reverseBytes(magic) == BYTE_ORDER_MAGIC;
  }

  private void block(int type, int at, int size, Analysis analysis) {
    switch (type) {
      case INTERFACE -> {
        if (size >= 8) {
          interfaces.add(readInterface(at, size));
        }
      }
      case ENHANCED_PACKET -> {
        if (size >= 20) {
          packet(bytes.u32(at), at + 4, size - 4, analysis);
        }
      }
      case OLD_PACKET -> {
        if (size >= 20) {
          packet(bytes.u16(at), at + 4, size - 4, analysis);
        }
      }
      case SIMPLE_PACKET -> {
        if (size >= 4 && !interfaces.isEmpty()) {
          int recorded = (int) Math.min(bytes.u32(at), size - 4);
          Slice packet = file.cut(at + 4, recorded);
          analysis.packet(interfaces.getFirst().linkType, Instant.EPOCH, packet);
        }
      }
      default -> {
        // Names, statistics and the like tell nothing about messages.
      }
    }
  }

  /// An enhanced packet from its time stamp on.
  private void packet(long interfaceId, int at, int size, Analysis analysis) {
    if (interfaceId >= interfaces.size()) {
      analysis.fileNote("a packet names interface " + interfaceId + ", which was not described");
      return;
    }
    Interface from = interfaces.get((int) interfaceId);
    long units = (bytes.u32(at) << 32) | bytes.u32(at + 4);
    int recorded = (int) Math.min(bytes.u32(at + 8), size - 16);
    analysis.packet(
        from.linkType, Moment.of(units, from.resolution, from.offset), file.cut(at + 16, recorded));
  }

  private Interface readInterface(int at, int size) {
    int resolution = 6;
    long offset = 0;
    int option = at + 8;
    int end = at + size;
    while (end - option >= 4) {
      int code = bytes.u16(option);
      int length = bytes.u16(option + 2);
      if (length > end - option - 4) {
        break;
      }
      if (code == OPTION_RESOLUTION && length >= 1) {
        resolution = file.u8(option + 4);
      } else if (code == OPTION_OFFSET && length >= 8) {
        offset = bytes.i64(option + 4);
      }
      option += 4 + ((length + 3) & ~3);
    }
    return new Interface(bytes.u16(at), resolution, offset);
  }
}
