package io.rserpool.services.fractal;

import io.rserpool.client.PoolSession;
import io.rserpool.services.message.MessageStream;
import io.rserpool.services.message.ViolationException;
import java.io.IOException;

/// Asks an element for one tile and takes the points in order; anything out of order is a
/// violation.
final class TileReader {

  private TileReader() {}

  /// Computes one tile through a session.
  ///
  /// @param onFirst called when the first points have come
  /// @return the values row by row
  /// @throws IOException if the element broke the protocol
  static int[] read(
      PoolSession session, Tile tile, FractalMessage.Parameter parameter, Runnable onFirst)
      throws IOException {
    session.send(parameter.encode());
    MessageStream messages = new MessageStream(session.input(), FractalMessage.LENGTH_MAX);
    int[] values = new int[tile.width() * tile.height()];
    int filled = 0;
    FractalMessage.Data data = next(messages);
    onFirst.run();
    while (!data.isFinalizer()) {
      int[] points = data.points();
      long at = data.startY() * tile.width() + data.startX();
      if (data.startX() >= tile.width() || at != filled || points.length > values.length - filled) {
        throw new ViolationException(
            "expected point %d of %d next, but got %s".formatted(filled, values.length, data));
      }
      System.arraycopy(points, 0, values, filled, points.length);
      filled += points.length;
      data = next(messages);
    }
    if (filled != values.length) {
      throw new ViolationException(
          "expected %d points, but the end came after %d".formatted(values.length, filled));
    }
    return values;
  }

  private static FractalMessage.Data next(MessageStream messages) throws IOException {
    byte[] bytes = messages.next();
    if (bytes.length == 0) {
      throw new ViolationException("expected Data, but the element ended its stream");
    }
    FractalMessage message = FractalMessage.decode(bytes).orElseThrow(ViolationException::new);
    if (message instanceof FractalMessage.Data data) {
      return data;
    }
    throw new ViolationException("expected Data, but got " + message);
  }
}
