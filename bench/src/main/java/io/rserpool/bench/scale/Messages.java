package io.rserpool.bench.scale;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.WireForm;

/// What elements and users say, and how they read what they hear.
final class Messages {

  static final int REGISTRATION_RESPONSE = 3;
  static final int KEEP_ALIVE = 7;

  static final AsapCodec CODEC = new AsapCodec(WireForm.of(Profile.STANDARD));

  private static final int HEADER_SIZE = 4;
  private static final int LIFE_SECONDS = 3_600;
  private static final int SERVICE_PORT = 7;
  private static final IpAddress LOOPBACK = new IpAddress.V4(0x7f00_0001);
  private static final String HANDLE_FORMAT = "scale-%04d";
  private static final int HANDLE_DIGITS_AT = 6;
  private static final int HANDLE_DIGITS = 4;

  private Messages() {}

  /// The size of the message at the reader's index, padding included, or 0 if it is not complete.
  static int completeSize(ByteBuf in) {
    if (in.readableBytes() < HEADER_SIZE) {
      return 0;
    }
    int size = (in.getUnsignedShort(in.readerIndex() + 2) + 3) & ~3;
    return size <= in.readableBytes() ? Math.max(size, HEADER_SIZE) : 0;
  }

  /// What was left of the last read, and this one.
  static ByteBuf whole(ByteBuf left, ByteBuf read) {
    if (!left.isReadable()) {
      return read;
    }
    ByteBuf both = Unpooled.buffer(left.readableBytes() + read.readableBytes());
    both.writeBytes(left).writeBytes(read);
    left.release();
    read.release();
    return both;
  }

  static int type(ByteBuf message) {
    return message.getUnsignedByte(message.readerIndex());
  }

  /// The number of the pool that a keep-alive names: behind the header, the server identifier and
  /// the parameter's header there is the handle, which ends with the number.
  static int poolOfKeepAlive(ByteBuf message) {
    int at = message.readerIndex() + 3 * HEADER_SIZE + HANDLE_DIGITS_AT;
    int number = 0;
    for (int i = 0; i < HANDLE_DIGITS; i++) {
      number = 10 * number + message.getByte(at + i) - '0';
    }
    return number;
  }

  /// An element that nobody can call: it registers by itself if it has to.
  static byte[] registration(int association, int slot) {
    return CODEC.encode(
        new AsapRegistration(
            handle(Layout.pool(association, slot)),
            new PoolElementParameter(
                ElementId.of(Layout.elementId(association)),
                ServerId.NONE,
                LIFE_SECONDS,
                new AsapTransport.Tcp(LOOPBACK, SERVICE_PORT),
                Policy.RoundRobin.INSTANCE,
                new AsapTransport.Tcp(LOOPBACK, 0))));
  }

  static byte[] keepAliveAck(int association, int slot) {
    return CODEC.encode(
        new AsapEndpointKeepAliveAck(
            handle(Layout.pool(association, slot)), ElementId.of(Layout.elementId(association))));
  }

  static byte[] subscription(int pool) {
    return CODEC.encode(
        new AsapHandleResolution(handle(pool), true, AsapHandleResolution.ALL_ITEMS));
  }

  static int poolOf(PoolHandle handle) {
    return Integer.parseInt(handle.toString().substring(HANDLE_DIGITS_AT));
  }

  private static PoolHandle handle(int pool) {
    return PoolHandle.of(HANDLE_FORMAT.formatted(pool));
  }
}
