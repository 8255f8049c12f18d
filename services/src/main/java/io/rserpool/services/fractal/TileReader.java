package io.rserpool.services.fractal;

import io.rserpool.client.channel.Channel;
import io.rserpool.services.message.Reading;
import io.rserpool.services.user.Conversation;

/// Asks for one tile and takes its points in order, over all elements that it takes. Anything out of
/// order is the element's failure.
final class TileReader {

  private final Tile tile;
  private final FractalMessage.Parameter parameter;
  private final int[] values;
  private int filled;
  private boolean isComplete;
  private boolean wasBad;

  TileReader(Tile tile, FractalMessage.Parameter parameter) {
    this.tile = tile;
    this.parameter = parameter;
    this.values = new int[tile.width() * tile.height()];
  }

  /// Asks for the whole tile.
  void begin(Conversation conversation) {
    filled = 0;
    conversation.send(parameter.encode());
  }

  /// Takes what comes, until the tile is complete or the element has failed.
  ///
  /// @param onFirst called when the first points have come
  /// @return whether the tile is complete
  boolean read(Conversation conversation, Runnable onFirst) {
    boolean isFirst = true;
    wasBad = false;
    while (!isComplete) {
      switch (conversation.receive(Channel.FOREVER)) {
        case Conversation.Message(byte[] bytes) -> {
          // Of an element that has failed by a message, the rest is not worth reading.
          if (!wasBad) {
            take(conversation, bytes);
          }
          if (isFirst && !wasBad) {
            isFirst = false;
            onFirst.run();
          }
        }
        case Conversation.Silence _ -> {
          // The session has a limit of its own.
        }
        case Conversation.Lost _ -> {
          return false;
        }
      }
    }
    return true;
  }

  /// Whether the element before has failed by what it sent.
  boolean wasBad() {
    return wasBad;
  }

  /// How many points there are already.
  int filled() {
    return filled;
  }

  /// The points row by row, when the tile is complete.
  int[] values() {
    return values;
  }

  private void take(Conversation conversation, byte[] bytes) {
    switch (FractalMessage.decode(bytes)) {
      case Reading.Value<? extends FractalMessage>(FractalMessage.Data data) ->
          take(conversation, data);
      case Reading.Value<? extends FractalMessage>(FractalMessage other) ->
          refuse(conversation, "expected Data, but got " + other);
      case Reading.Fault<? extends FractalMessage>(String explanation) ->
          refuse(conversation, explanation);
    }
  }

  /// An element that goes on from a cookie may send points again, which then are the same.
  private void take(Conversation conversation, FractalMessage.Data data) {
    if (data.isFinalizer()) {
      isComplete = filled == values.length;
      if (!isComplete) {
        refuse(
            conversation,
            "expected %d points, but the end came after %d".formatted(values.length, filled));
      }
      return;
    }
    int[] points = data.points();
    long at = data.startY() * tile.width() + data.startX();
    if (data.startX() >= tile.width() || at > filled || points.length > values.length - at) {
      refuse(
          conversation,
          "expected point %d of %d next, but got %s".formatted(filled, values.length, data));
      return;
    }
    System.arraycopy(points, 0, values, (int) at, points.length);
    filled = Math.max(filled, (int) at + points.length);
  }

  private void refuse(Conversation conversation, String reason) {
    wasBad = true;
    conversation.fail(reason);
  }
}
