package io.rserpool.registrar.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection of a reader: one request, one answer, and the end. Whatever is no good request for the
/// metrics is answered with a status of 4xx; who takes too long is hung up on.
final class Reader extends SimpleChannelInboundHandler<HttpObject> {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.registrar.metrics");

  /// The only resource there is.
  private static final String PATH = "/metrics";

  /// Connections at once; more are hung up on.
  private static final int READERS_MAX = 32;

  /// How long a connection lasts at most, from its beginning to the last byte of the answer.
  private static final int TIME_S_MAX = 5;

  private final AtomicInteger readers;
  private final Executor writer;
  private final Scrape scrape;
  private boolean isAnswered;

  Reader(AtomicInteger readers, Executor writer, Scrape scrape) {
    this.readers = readers;
    this.writer = writer;
    this.scrape = scrape;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (readers.incrementAndGet() > READERS_MAX) {
      hangUp(context);
      return;
    }
    Future<?> _ = context.executor().schedule(() -> hangUp(context), TIME_S_MAX, TimeUnit.SECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    readers.decrementAndGet();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (isAnswered || !(part instanceof HttpRequest request)) {
      return;
    }
    isAnswered = true;
    HttpResponseStatus refusal = refusalOf(request);
    if (refusal.equals(HttpResponseStatus.OK)) {
      String accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
      try {
        writer.execute(() -> answer(context, accept));
      } catch (RejectedExecutionException _) {
        refuse(context, HttpResponseStatus.SERVICE_UNAVAILABLE);
      }
    } else {
      refuse(context, refusal);
    }
  }

  /// Why a request is refused; OK if it is not.
  private static HttpResponseStatus refusalOf(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return switch (request.decoderResult().cause()) {
        case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
        case TooLongHttpHeaderException _ -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
        default -> HttpResponseStatus.BAD_REQUEST;
      };
    }
    if (!request.method().equals(HttpMethod.GET)) {
      return HttpResponseStatus.METHOD_NOT_ALLOWED;
    }
    if (request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
        || !request.headers().get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0")) {
      return HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
    }
    if (request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && !request.headers().contains(HttpHeaderNames.HOST)) {
      return HttpResponseStatus.BAD_REQUEST;
    }
    String path = request.uri().split("\\?", 2)[0];
    return path.equals(PATH) ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND;
  }

  /// On the writer's thread.
  private void answer(ChannelHandlerContext context, String accept) {
    try {
      Scrape.Text text = scrape.write(accept);
      say(context, HttpResponseStatus.OK, text.contentType(), Unpooled.wrappedBuffer(text.bytes()));
    } catch (RuntimeException e) {
      LOG.debug("metrics cannot be had: {}", e.getMessage());
      refuse(context, HttpResponseStatus.SERVICE_UNAVAILABLE);
    }
  }

  private static void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
    say(
        context,
        status,
        "text/plain; charset=utf-8",
        Unpooled.copiedBuffer(status + "\n", StandardCharsets.UTF_8));
  }

  private static void say(
      ChannelHandlerContext context, HttpResponseStatus status, String type, ByteBuf content) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, type)
        .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes())
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      response.headers().set(HttpHeaderNames.ALLOW, HttpMethod.GET);
    }
    ChannelFuture saying = context.writeAndFlush(response);
    saying.addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("a reader of metrics is hung up on: {}", cause.toString());
    hangUp(context);
  }

  private static void hangUp(ChannelHandlerContext context) {
    ChannelFuture _ = context.close();
  }
}
