package io.rserpool.engine.handlespace;

import io.rserpool.protocol.PoolHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The checksum of an owner, from the bytes that RFC 5353 section 3.6.2 has it over.
final class NaiveChecksum {

  private NaiveChecksum() {}

  /// The sum of the 16-bit words that stand for an element.
  static long words(PoolHandle handle, int id) {
    byte[] block = Arrays.copyOf(handle.octets().toBytes(), (handle.size() + 3) / 4 * 4 + 4);
    ByteBuffer buffer = ByteBuffer.wrap(block).putInt(block.length - 4, id);
    long sum = 0;
    for (int i = 0; i < block.length; i += 2) {
      sum += buffer.getShort(i) & 0xffff;
    }
    return sum;
  }

  /// The checksum over elements whose words have the given sum.
  static int fold(long sum) {
    // In ones' complement arithmetic a number other than 0 is folded by the remainder of 65535.
    return 0xffff - (int) (sum % 0xffff == 0 ? 0xffff : sum % 0xffff);
  }
}
