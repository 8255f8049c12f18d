package io.rserpool.services.fractal;

import io.rserpool.client.Failover;
import io.rserpool.protocol.ElementId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The picture while it is computed, shared by the sessions: what is still to be done, what is
/// done, and by whom.
final class Canvas {

  private final PictureRequest request;
  private final PictureListener listener;
  private final Deque<Tile> open;
  private final int tilesAll;
  private final int[] values;
  private final ElementId[] elements;
  private final List<Move> moves = new ArrayList<>();
  private int tilesDone;

  Canvas(PictureRequest request, PictureListener listener) {
    this.request = request;
    this.listener = listener;
    this.open = new ArrayDeque<>(request.tiles());
    this.tilesAll = open.size();
    this.values = new int[request.width() * request.height()];
    this.elements = new ElementId[tilesAll];
    Arrays.fill(elements, ElementId.NONE);
  }

  /// A tile for one session to compute, if there is one.
  synchronized Optional<Tile> take() {
    return Optional.ofNullable(open.poll());
  }

  /// Gives a tile back that could not be computed.
  synchronized void giveBack(Tile tile) {
    open.addFirst(tile);
  }

  synchronized void complete(Tile tile, int[] tileValues, ElementId element) {
    if (!elements[tile.index()].isNone()) {
      throw new IllegalStateException(tile + " was computed twice");
    }
    elements[tile.index()] = element;
    for (int row = 0; row < tile.height(); row++) {
      System.arraycopy(
          tileValues,
          row * tile.width(),
          values,
          (tile.y() + row) * request.width() + tile.x(),
          tile.width());
    }
    tilesDone++;
    listener.tileDrawn(tile, element, tileValues);
    listener.tileDone(tile, element, tilesDone, tilesAll);
  }

  synchronized void movedOver(int session, Failover failover) {
    listener.movedOver(session, failover);
  }

  synchronized void firstResult(Move move) {
    moves.add(move);
    listener.firstResult(move);
  }

  synchronized boolean isComplete() {
    return tilesDone == tilesAll;
  }

  synchronized Picture toPicture() {
    return new Picture(request, values, List.of(elements), moves);
  }
}
