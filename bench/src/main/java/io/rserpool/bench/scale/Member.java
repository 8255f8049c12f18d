package io.rserpool.bench.scale;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.ByteArrayOutputStream;
import org.HdrHistogram.Histogram;

/// One association and its elements: registers them one after the other, and answers keep-alives
/// until it is told to fall silent. Works on its event loop's thread alone.
@SuppressWarnings(
    "FutureReturnValueIgnored") // A failed write closes the connection, which is noticed.
final class Member extends ChannelInboundHandlerAdapter {

  /// Keep-alives that follow the one before after less than this share of the interval are probes.
  private static final double PROBE_SHARE = 0.5;

  private final int association;
  private final int elements;
  private final Population population;
  private final byte[] acknowledgements;
  private final int acknowledgementSize;
  private final long[] askedNs;
  private ByteBuf left = Unpooled.EMPTY_BUFFER;
  private int registered;
  private boolean silent;

  Member(int association, int elements, Population population) {
    this.association = association;
    this.elements = elements;
    this.population = population;
    this.askedNs = new long[elements];
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int slot = 0; slot < elements; slot++) {
      all.writeBytes(Messages.keepAliveAck(association, slot));
    }
    this.acknowledgements = all.toByteArray();
    this.acknowledgementSize = acknowledgements.length / elements;
  }

  /// From now on everything is read and nothing answered.
  void fallSilent() {
    silent = true;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    registerNext(context);
  }

  private void registerNext(ChannelHandlerContext context) {
    if (registered < elements) {
      context.writeAndFlush(
          Unpooled.wrappedBuffer(Messages.registration(association, registered)),
          context.voidPromise());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object read) {
    ByteBuf bytes = Messages.whole(left, (ByteBuf) read);
    long nowNs = System.nanoTime();
    ByteBuf answers = Unpooled.EMPTY_BUFFER;
    for (int size = Messages.completeSize(bytes); size > 0; size = Messages.completeSize(bytes)) {
      int type = Messages.type(bytes);
      if (type == Messages.KEEP_ALIVE) {
        int slot = Layout.slot(association, Messages.poolOfKeepAlive(bytes));
        note(slot, nowNs);
        if (!silent) {
          answers = answers.isReadable() ? answers : context.alloc().ioBuffer();
          answers.writeBytes(acknowledgements, slot * acknowledgementSize, acknowledgementSize);
        }
      } else if (type == Messages.REGISTRATION_RESPONSE) {
        registered++;
        population.registered();
        registerNext(context);
      } else if (!silent) {
        population.surprised(type);
      }
      bytes.skipBytes(size);
    }
    if (answers.isReadable()) {
      context.writeAndFlush(answers, context.voidPromise());
    }
    left = bytes.isReadable() ? bytes : Unpooled.EMPTY_BUFFER;
    if (!bytes.isReadable()) {
      bytes.release();
    }
  }

  private void note(int slot, long nowNs) {
    long gapNs = nowNs - askedNs[slot];
    boolean first = askedNs[slot] == 0;
    askedNs[slot] = nowNs;
    Histogram gaps = population.gapsNs();
    if (first || silent) {
      return;
    }
    if (gapNs < PROBE_SHARE * population.intervalNs()) {
      population.probed();
    } else {
      gaps.recordValue(Math.min(gapNs, gaps.getHighestTrackableValue()));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!silent) {
      population.lost(association);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
