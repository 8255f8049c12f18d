package io.rserpool.bench.sctp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/// Cuts what comes over TCP into messages, an array for each.
final class MessageCutter extends ByteToMessageDecoder {

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int readable = in.readableBytes();
    int size = Messages.size(readable, readable < 4 ? 0 : in.getInt(in.readerIndex()));
    if (size > 0 && readable >= size) {
      byte[] message = new byte[size];
      in.readBytes(message);
      out.add(message);
    }
  }
}
