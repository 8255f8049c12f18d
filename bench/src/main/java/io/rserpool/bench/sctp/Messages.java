package io.rserpool.bench.sctp;

import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.WireForm;

/// What is sent. All messages begin as those of ASAP do, so that they can be cut over TCP:
///
///     0       1       2               4
///     +-------+-------+---------------+---
///     | type  | flags | length        | ...
///     +-------+-------+---------------+---
final class Messages {

  static final PoolHandle POOL = PoolHandle.of("BenchPool");
  static final int PAYLOAD_PROTOCOL_ID = 11;

  private static final int HEADER_SIZE = 4;
  private static final byte TYPE = 0x40;

  private Messages() {}

  /// One of this size that means nothing.
  static byte[] ofSize(int size) {
    byte[] message = new byte[size];
    message[0] = TYPE;
    message[2] = (byte) (size >> 8);
    message[3] = (byte) size;
    return message;
  }

  /// Who serves the pool?
  static byte[] resolution() {
    return new AsapCodec(WireForm.of(Profile.STANDARD))
        .encode(new AsapHandleResolution(POOL, false, 1));
  }

  /// How long the message is whose first bytes these are, with its padding; 0 if they do not tell
  /// yet.
  static int size(int readable, int firstFourBytes) {
    return readable < HEADER_SIZE ? 0 : Math.max(HEADER_SIZE, (firstFourBytes & 0xffff) + 3 & ~3);
  }
}
