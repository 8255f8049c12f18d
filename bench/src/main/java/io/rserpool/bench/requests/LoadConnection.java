package io.rserpool.bench.requests;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// One client connection: sends prepared requests, counts the answers, which come in order, and
/// records how long each took. Works on its event loop's thread alone.
@SuppressWarnings(
    "FutureReturnValueIgnored") // A failed write closes the connection, which is noticed.
final class LoadConnection extends ChannelInboundHandlerAdapter {

  private static final int KEEP_ALIVE = 7;
  private static final int HEADER_SIZE = 4;

  private final Train requests;
  private final byte[] acknowledgement;
  private final int answerType;
  private final Histogram latenciesNs;
  private final Departures departures = new Departures();
  private ByteBuf partial = Unpooled.EMPTY_BUFFER;
  private int nextCar;
  private boolean refilling;
  private boolean recording;
  private long answers;
  private String failure = "";
  private @Nullable ChannelHandlerContext context;

  LoadConnection(Train requests, byte[] acknowledgement, int answerType, Histogram latenciesNs) {
    this.requests = requests;
    this.acknowledgement = acknowledgement;
    this.answerType = answerType;
    this.latenciesNs = latenciesNs;
  }

  /// Notes one more request, which [#depart] will send.
  void board(long intendedNs) {
    departures.add(intendedNs);
  }

  /// Sends what was noted.
  void depart() {
    ChannelHandlerContext active = Objects.requireNonNull(context, "not connected");
    for (int left = departures.takeUnsent(); left > 0; ) {
      int count = Math.min(left, Train.CARS - nextCar);
      active.write(requests.cars(nextCar, count), active.voidPromise());
      nextCar = (nextCar + count) % Train.CARS;
      left -= count;
    }
    active.flush();
  }

  /// Whether every answer is followed by the next request.
  void refill(boolean on) {
    refilling = on;
  }

  /// Begins to count and to record, or ends it.
  void record(boolean on) {
    recording = on;
    answers = 0;
  }

  long answers() {
    return answers;
  }

  /// Requests without an answer.
  int outstanding() {
    return departures.size();
  }

  /// Whether more requests wait for an answer than any server may let wait; that is a failure.
  boolean isOverloaded(int outstandingMax) {
    boolean overloaded = departures.size() > outstandingMax;
    if (overloaded) {
      fail("more than " + outstandingMax + " requests wait for an answer");
    }
    return overloaded;
  }

  /// What went wrong, or nothing.
  String failure() {
    return failure;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext source, Object message) {
    ByteBuf bytes = whole(source, (ByteBuf) message);
    long nowNs = System.nanoTime();
    while (bytes.readableBytes() >= HEADER_SIZE) {
      int header = bytes.getInt(bytes.readerIndex());
      int size = ((header & 0xffff) + 3) & ~3;
      if (bytes.readableBytes() < size) {
        break;
      }
      bytes.skipBytes(Math.max(size, HEADER_SIZE));
      take(header >>> 24, nowNs);
    }
    if (bytes.isReadable()) {
      partial = bytes;
    } else {
      bytes.release();
    }
  }

  /// What was left of the last read, and this one.
  private ByteBuf whole(ChannelHandlerContext source, ByteBuf read) {
    if (!partial.isReadable()) {
      return read;
    }
    ByteBuf both = source.alloc().buffer(partial.readableBytes() + read.readableBytes());
    both.writeBytes(partial).writeBytes(read);
    partial.release();
    read.release();
    partial = Unpooled.EMPTY_BUFFER;
    return both;
  }

  private void take(int type, long nowNs) {
    if (type == KEEP_ALIVE) {
      ChannelHandlerContext active = Objects.requireNonNull(context, "not connected");
      active.write(Unpooled.wrappedBuffer(acknowledgement), active.voidPromise());
      return;
    }
    if (type != answerType) {
      fail("expected answers of type " + answerType + ", but one has type " + type);
      return;
    }
    long startNs = departures.remove();
    answers++;
    if (recording) {
      latenciesNs.recordValue(Math.max(1, nowNs - startNs));
    }
    if (refilling) {
      board(nowNs);
    }
  }

  private void fail(String why) {
    if (failure.isEmpty()) {
      failure = why;
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext source) {
    depart();
  }

  @Override
  public void channelInactive(ChannelHandlerContext source) {
    partial.release();
    partial = Unpooled.EMPTY_BUFFER;
    fail("the server closed a connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext source, Throwable cause) {
    fail(cause.toString());
    source.close();
  }
}
